# Marks by which people remind themselves of work that is left.
. "$(dirname "$0")/lib.sh"

# Written so that they are not found here.
todo=TO''DO
fixme=FIX''ME
xxx=XX''X

# The number of such lines in each file. git grep says 1 if there are none.
is_empty ||
    git_ grep -I -w -c --full-name -e "$todo" -e "$fixme" -e "$xxx" HEAD -- ':/' >"$parts/marks.found" ||
    [ $? = 1 ]
awk '
    {
        at = match($0, /:[0-9]+$/)
        file = substr($0, 1, at - 1)
        quoted = sub(/^"HEAD:/, "\"", file) || sub(/^HEAD:/, "", file)
        printf "%.0f\t%s\n", substr($0, at + 1), file
    }
' "$parts/marks.found" >"$parts/marks.raw"
ranked "$parts/marks.raw" "$parts/marks"

if [ -s "$parts/marks" ]; then
    part marks ranking.awk -v word=mark -v paths=1 -v rest=file "$parts/marks"
else
    say_part marks "No line has the word $todo, $fixme or $xxx."
fi
