# How long ago each file was last changed.
. "$(dirname "$0")/lib.sh"

if [ -s "$parts/lines" ]; then
    part age age.awk -v now="$(date +%s)" "$parts/lines" "$parts/changes"
else
    say_part age "There are no files yet."
fi
