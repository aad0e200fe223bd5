# Who has made how many commits.
. "$(dirname "$0")/lib.sh"

awk '
    { commits[substr($0, index($0, "\t") + 1)]++ }
    END { for (author in commits) printf "%.0f\t%s\n", commits[author], author }
' "$parts/commits" >"$parts/authors.raw"
ranked "$parts/authors.raw" "$parts/authors"

if is_empty; then
    say_part authors "There is nobody yet."
else
    part authors ranking.awk -v word=commit -v share=1 -v rest=author "$parts/authors"
fi
