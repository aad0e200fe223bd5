# The largest files.
. "$(dirname "$0")/lib.sh"

is_empty || git_ ls-tree -r -l --full-tree HEAD >"$parts/tree"
awk '
    $2 == "blob" { printf "%.0f\t%s\n", $4, substr($0, index($0, "\t") + 1) }
' "$parts/tree" >"$parts/sizes.raw"
ranked "$parts/sizes.raw" "$parts/sizes"

if [ -s "$parts/sizes" ]; then
    part largest ranking.awk -v paths=1 -v rest=file "$parts/sizes"
else
    say_part largest "There are no files yet."
fi
