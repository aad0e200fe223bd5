# Reads the files that exist, then the changes; counts files by the time since their last change.
BEGIN { FS = "\t" }

NR == FNR {
    exists[substr($0, length($1) + length($2) + 3)] = 1
    files++
    next
}
substr($0, 1, 1) == "\001" {
    time = substr($0, 2) + 0
    next
}
$0 in exists && (!($0 in changed) || time > changed[$0]) { changed[$0] = time }

END {
    split("a day|a week|a month|half a year|a year|three years", label, "|")
    split("1|7|30|183|365|1096", days, "|")
    for (file in exists) {
        age = file in changed ? (now - changed[file]) / 86400 : -1
        class = 7
        for (i = 6; i >= 1; i--) {
            if (age <= days[i]) class = i
        }
        count[age == -1 ? 8 : class]++
    }
    for (i = 1; i <= 8; i++) {
        if (count[i] > most) most = count[i]
    }
    print "<ol class=\"bars\">"
    for (i = 1; i <= 8; i++) {
        if (count[i]) {
            bar(i <= 6 ? "within " label[i] : i == 7 ? "longer ago" : "before the commits that were read", \
                plural(count[i], "file"), percent(count[i], most))
        }
    }
    print "</ol>"
}
