#!/bin/sh
# Drops rows without an amount, and blanks around values: clean.sh FROM TO.
set -eu
awk -F, 'BEGIN { OFS = "," }
  { for (i = 1; i <= NF; i++) gsub(/^ +| +$/, "", $i) }
  NR > 1 && $3 == "" { dropped++; next }
  { print $1, $2, $3 }
  END { print dropped + 0 > "/dev/stderr" }' "$1" > "$2" 2> "$2.dropped"
echo "dropped=$(cat "$2.dropped")" >> "$ORRERY_OUTPUT"
