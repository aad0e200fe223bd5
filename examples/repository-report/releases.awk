# Reads the tag that the current commit comes after, if there is one, then "date, tab, tag", the newest first: writes the
# first ten, and how many commits have been made since that one.
BEGIN {
    FS = "\t"
    print "<table><tbody>"
}

FILENAME ~ /since$/ {
    since = $0
    next
}
++tags <= 10 { printf "<tr><td>%s</td><td>%s</td></tr>\n", esc($1), esc($2) }

END {
    print "</tbody></table>"
    if (tags > 10) printf "<p class=\"more\">and %s</p>\n", plural(tags - 10, "earlier one")
    if (since != "") printf "<p class=\"more\">%s since %s</p>\n", plural(commits, "commit"), esc(since)
}
