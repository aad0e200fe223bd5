# Reads lines "number, tab, name", the greatest number first; writes a list with bars of the first ten.
#   word   what is counted; empty for bytes       paths  whether the names are paths
#   share  whether to give shares of the sum      rest   what the names are, to tell how many more there are
#   intro  a sentence before it, as HTML; none if empty
#   alone  whether a sum means nothing, since what is counted is counted for several names
BEGIN { FS = "\t" }

{
    sum += $1
    if (NR > 10) {
        more++
        moreSum += $1
        next
    }
    n[NR] = $1
    name[NR] = substr($0, index($0, FS) + 1)
}

END {
    if (intro != "") printf "<p>%s</p>\n", intro
    print "<ol class=\"bars\">"
    for (i = 1; i <= NR && i <= 10; i++) {
        value = word == "" ? bytes(n[i]) : plural(n[i], word)
        if (share) value = value " · " (n[i] * 200 < sum ? "&lt;\302\2401" : sprintf("%.0f", 100 * n[i] / sum)) "\302\240%"
        bar(paths ? path(name[i]) : esc(name[i]), value, percent(n[i], n[1]))
    }
    print "</ol>"
    if (more) {
        printf "<p class=\"more\">and %s%s</p>\n", plural(more, "more " rest), \
            alone ? "" : " with " (word == "" ? bytes(moreSum) : plural(moreSum, word))
    }
}
