# Reads "fact, tab, value"; writes the head of the page.
BEGIN { FS = "\t" }

{ value[$1] = substr($0, index($0, FS) + 1) }

END {
    name = value["name"] == "" ? "repository" : value["name"]
    printf "<title>%s</title>\n</head>\n<body>\n<main>\n<header>\n<h1>%s</h1>\n<p>", esc(name), esc(name)
    if (value["head"] == "") {
        printf "No commits yet, on branch %s", esc(value["branch"])
    } else {
        printf "%s at <code>%s</code>", esc(value["branch"]), substr(value["head"], 1, 10)
        first = date(value["first"])
        last = date(value["last"])
        printf " · %s", first == last ? first : first " to " last
    }
    print "</p>"
    if (value["shallow"] == "true") {
        print "<p class=\"note\">This is a shallow clone: the history is cut off, and so are all figures that come from it.</p>"
    }
    print "</header>"
}
