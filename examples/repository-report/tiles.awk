# Reads "id, tab, number, tab, word"; writes the row of figures.
BEGIN {
    FS = "\t"
    print "<dl class=\"tiles\">"
}

{ printf "<div><dt>%s%s</dt><dd id=\"%s\" data-value=\"%s\">%s</dd></div>\n", $3, ($2 == 1 ? "" : "s"), $1, $2, number($2) }

END { print "</dl>" }
