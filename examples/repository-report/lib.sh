# Sourced by every script here, first of all. Reads REPO, OUT and STARTED_IN; see ../repository-report.orrery.yaml.
set -eu
LC_ALL=C
GIT_OPTIONAL_LOCKS=0
GIT_TERMINAL_PROMPT=0
export LC_ALL GIT_OPTIONAL_LOCKS GIT_TERMINAL_PROMPT

here=$(cd "$(dirname "$0")" && pwd)

# A path as the user meant it: from where the user is.
absolute() {
    case $1 in
        /*) printf '%s\n' "$1" ;;
        *) printf '%s/%s\n' "$STARTED_IN" "$1" ;;
    esac
}

repo=${REPO:+$(absolute "$REPO")}
repo=${repo:-$here}
out=${OUT:+$(absolute "$OUT")}
out=${out:-$(dirname "$(dirname "$here")")/target/repository-report}
parts=$out/.parts # what the jobs leave for each other

# git in that repository, whatever its user has configured.
git_() {
    git --no-pager -C "$repo" \
        -c color.ui=false -c core.quotePath=false -c log.showSignature=false -c log.mailmap=true \
        -c diff.noprefix=false -c diff.external= -c grep.lineNumber=false "$@"
}

# One of the facts that look.sh found.
fact() {
    cat "$parts/fact.$1"
}

is_empty() {
    [ -z "$(fact head)" ]
}

# awk with the functions of html.awk: html FILE [ARGUMENT ...]
html() {
    program=$1
    shift
    awk -f "$here/html.awk" -f "$here/$program" "$@"
}

# A part of the page, which others see only once it is whole: part NAME PROGRAM [ARGUMENT ...]
part() {
    name=$1
    shift
    html "$@" >"$parts/part.$name.new"
    mv "$parts/part.$name.new" "$parts/part.$name"
}

# A part that is one sentence: say_part NAME SENTENCE
say_part() {
    printf '<p class="none">%s</p>\n' "$2" >"$parts/part.$1"
}

# Lines "number, tab, name" in their order: ranked IN OUT
ranked() {
    sort -k 1,1nr -k 2 "$1" >"$2"
}
