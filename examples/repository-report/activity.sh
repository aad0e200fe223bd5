# Commits over time, in steps that suit the length of the history.
. "$(dirname "$0")/lib.sh"

if is_empty; then
    say_part activity "There are no commits yet."
else
    part activity activity.awk "$parts/commits"
fi
