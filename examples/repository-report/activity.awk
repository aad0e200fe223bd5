# Reads times of commits; writes a column for each step between the first and the last one, at most 120.
BEGIN { FS = "\t" }

{
    time = $1 < 0 ? 0 : $1
    times[NR] = time
    if (NR == 1 || time < first) first = time
    if (NR == 1 || time > last) last = time
}

# The number of the step that a time is in.
function step(time) {
    if (unit == "10 minutes") return int(time / 600)
    if (unit == "hour") return int(time / 3600)
    if (unit == "day") return int(time / 86400)
    civil(int(time / 86400))
    return unit == "month" ? year * 12 + month - 1 : year
}

function two(n) {
    return sprintf("%02d", n)
}

function title(at) {
    if (unit == "10 minutes") return date(at * 600) " " two(int(at / 6) % 24) ":" two(at % 6 * 10)
    if (unit == "hour") return date(at * 3600) " " two(at % 24) ":00"
    if (unit == "day") return date(at * 86400)
    return unit == "month" ? sprintf("%04d-%02d", int(at / 12), at % 12 + 1) : sprintf("%04d", at)
}

END {
    days = (last - first) / 86400
    unit = days < 0.4 ? "10 minutes" : days < 3 ? "hour" : days < 62 ? "day" : days < 365 * 8 ? "month" : "year"
    for (i = 1; i <= NR; i++) {
        count[step(times[i])]++
    }
    from = step(first)
    to = step(last)
    if (to - from < 5) from = to - 5 # a lonely column looks like a mistake
    if (to - from > 119) from = to - 119 # clocks that were wrong, by decades
    for (at = from; at <= to; at++) {
        if (count[at] > most) {
            most = count[at]
            busiest = at
        }
        shown += count[at]
    }

    printf "<p>Commits in each %s%s, UTC. The most: %s, %s.</p>\n", unit, \
        (shown < NR ? " (" number(NR - shown) " are earlier)" : ""), number(most), title(busiest)
    printf "<div class=\"columns%s\" role=\"img\" aria-label=\"Commits over time\">\n", (to - from > 40 ? " many" : "")
    for (at = from; at <= to; at++) {
        printf "<i title=\"%s: %s\" style=\"height:%s%%\"%s></i>\n", title(at), plural(count[at], "commit"), \
            percent(count[at], most), (count[at] ? "" : " class=\"zero\"")
    }
    print "</div>"
    printf "<p class=\"scale\"><span>%s</span><span>%s</span></p>\n", title(from), title(to)
}
