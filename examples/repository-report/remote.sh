# Has the remote repository something that this one has not? Fails where it can't be asked, which is no reason not to write
# the page.
. "$(dirname "$0")/lib.sh"
: "${GIT_SSH_COMMAND:=ssh -o BatchMode=yes -o ConnectTimeout=5}"
export GIT_SSH_COMMAND

say_part remote "The remote repository could not be asked." # until we know better
remote=$(git_ remote | head -n 1)
if [ -z "$remote" ]; then
    say_part remote "It has no remote repository."
    exit
fi
git_ ls-remote "$remote" HEAD >"$parts/remote.head"
theirs=$(cut -f 1 "$parts/remote.head")
if [ -z "$theirs" ]; then
    say_part remote "The remote repository is empty."
elif git_ merge-base --is-ancestor "$theirs" HEAD 2>/dev/null; then
    say_part remote "It has all that the remote repository has."
else
    say_part remote "The remote repository has commits that are not in here."
fi
