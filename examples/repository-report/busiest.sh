# The files that most of the recent commits have changed, of those that still exist.
. "$(dirname "$0")/lib.sh"

awk -F '\t' '
    NR == FNR { exists[substr($0, length($1) + length($2) + 3)] = 1; next }
    substr($0, 1, 1) != "\001" && $0 in exists { count[$0]++ }
    END { for (file in count) printf "%.0f\t%s\n", count[file], file }
' "$parts/lines" "$parts/changes" >"$parts/busiest.raw"
ranked "$parts/busiest.raw" "$parts/busiest"

if [ -s "$parts/busiest" ]; then
    intro=
    [ "$(($(wc -l <"$parts/commits")))" -le "$RECENT" ] || intro="Of the latest $RECENT commits, so many changed a file."
    part busiest ranking.awk -v intro="$intro" -v word=commit -v paths=1 -v alone=1 -v rest=file "$parts/busiest"
else
    say_part busiest "No file has been changed yet."
fi
