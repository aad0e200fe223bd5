# Functions for the programs beside this one. Works with every POSIX awk, mawk and busybox among them.

# Text as HTML. Bytes are left alone where they are not ASCII.
function esc(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    gsub(/"/, "\\&quot;", text)
    gsub(/'/, "\\&#39;", text)
    gsub(/[\001-\037\177]/, " ", text)
    return text
}

# A path as git prints it: in quotes where it has odd characters. Breaks after a slash; the folder is shown more softly.
function path(text,    at, folder) {
    if (text ~ /^".*"$/) {
        text = substr(text, 2, length(text) - 2)
        gsub(/\\"/, "\"", text)
        gsub(/\\\\/, "\\", text)
    }
    text = esc(text)
    at = match(text, "[^/]*$")
    folder = substr(text, 1, at - 1)
    gsub(/\//, "/<wbr>", folder)
    return (folder == "" ? "" : "<span class=\"folder\">" folder "</span>") substr(text, at)
}

# 1234567 as 1 234 567, with blanks that do not break.
function number(n,    digits, grouped) {
    digits = sprintf("%.0f", n)
    while (length(digits) > 3) {
        grouped = "\302\240" substr(digits, length(digits) - 2) grouped
        digits = substr(digits, 1, length(digits) - 3)
    }
    return digits grouped
}

function bytes(n) {
    if (n < 1024) return number(n) "\302\240B"
    if (n < 1024 * 1024) return sprintf("%.1f\302\240KiB", n / 1024)
    return sprintf("%.1f\302\240MiB", n / 1024 / 1024)
}

function plural(n, word) {
    return number(n) "\302\240" word (n == 1 ? "" : "s")
}

function percent(part, whole) {
    if (whole == 0) return "0"
    if (part * 1000 < whole * 5 && part > 0) return "0.5"
    return sprintf("%.1f", 100 * part / whole)
}

# One line of a list with bars. The name and the value are HTML already.
function bar(name, value, share) {
    printf "<li><span class=\"name\">%s</span><span class=\"value\">%s</span><i style=\"width:%s%%\"></i></li>\n", \
        name, value, share
}

# The date of a day, counted from 1970-01-01: sets year, month and day.
function civil(days,    era, doe, yoe, doy, mp) {
    days += 719468
    era = int(days / 146097)
    doe = days - era * 146097
    yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
    doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
    mp = int((5 * doy + 2) / 153)
    day = doy - int((153 * mp + 2) / 5) + 1
    month = mp < 10 ? mp + 3 : mp - 9
    year = yoe + era * 400 + (month <= 2 ? 1 : 0)
}

function date(seconds) {
    civil(int(seconds / 86400))
    return sprintf("%04d-%02d-%02d", year, month, day)
}
