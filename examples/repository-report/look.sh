# Is it a repository, and what are its first facts? Leaves the list of commits to the others: time, tab, author.
. "$(dirname "$0")/lib.sh"

if ! git_ rev-parse --git-dir >/dev/null 2>&1; then
    git_ rev-parse --git-dir >/dev/null || true # for its message
    echo "There is no git repository that can be read at \"$repo\". Name one with -p repo=PATH." >&2
    exit 1
fi

mkdir -p "$out"
rm -rf "$parts"
mkdir "$parts"
for file in commits lines tree marks.found; do # what there is of it in a repository without commits
    : >"$parts/$file"
done

top=$(git_ rev-parse --show-toplevel 2>/dev/null || true)
[ -n "$top" ] || top=$(cd "$repo" && pwd) # a bare repository has no files beside it
basename "$top" .git >"$parts/fact.name"

git_ rev-parse --verify -q 'HEAD^{commit}' >"$parts/fact.head" || true
git_ symbolic-ref -q --short HEAD >"$parts/fact.branch" || echo detached >"$parts/fact.branch"
git_ rev-parse --is-shallow-repository >"$parts/fact.shallow"

if is_empty; then
    echo "$(fact name): no commits yet"
else
    git_ log --format='%at%x09%aN' >"$parts/commits"
    # What a commit that adds everything would add: each file with its lines, or "-" if it is binary.
    git_ diff --numstat --no-renames --ignore-submodules=all --no-ext-diff --no-textconv "$(git_ hash-object -t tree /dev/null)" HEAD \
        >"$parts/lines"
    echo "$(fact name): commits: $(($(wc -l <"$parts/commits"))), files: $(($(wc -l <"$parts/lines")))"
fi
