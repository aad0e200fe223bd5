# Lines by language. The name of a file says which one it is in.
. "$(dirname "$0")/lib.sh"

awk -f "$here/languages.awk" "$parts/lines" >"$parts/languages.raw"
ranked "$parts/languages.raw" "$parts/languages"

if [ -s "$parts/languages" ]; then
    part languages ranking.awk -v word=line -v share=1 -v rest=language "$parts/languages"
else
    say_part languages "There are no lines yet."
fi
