# The latest tags, and how much has been done since.
. "$(dirname "$0")/lib.sh"

git_ for-each-ref --sort=-creatordate --format='%(creatordate:short)%09%(refname:short)' refs/tags >"$parts/tags"

since=
commits=0
if [ -s "$parts/tags" ] && ! is_empty; then
    since=$(git_ describe --tags --abbrev=0 2>/dev/null || true)
    [ -z "$since" ] || commits=$(git_ rev-list --count "refs/tags/$since..HEAD")
fi

if [ -s "$parts/tags" ]; then
    printf '%s' "$since" >"$parts/since"
    part releases releases.awk -v commits="$commits" "$parts/since" "$parts/tags"
else
    say_part releases "There are no tags."
fi
