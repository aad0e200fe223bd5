# The files that the recent commits have changed, newest first: a line with \001 and the time for each commit, then its files.
. "$(dirname "$0")/lib.sh"

if is_empty; then
    : >"$parts/changes"
else
    git_ log -n "$RECENT" --no-renames --name-only --no-ext-diff --format='%x01%ct' >"$parts/changes"
fi
echo "read the files of $(grep -c "$(printf '^\001')" "$parts/changes" || true) commits"
