# Counts the words of a file into a file beside it: count.sh FILE.
set -eu
tr -cs '[:alpha:]' '\n' < "$1" | tr '[:upper:]' '[:lower:]' | sed '/^$/d' | sort | uniq -c > "$1.counts"
