# Tells how many parts of the page are ready, until it is stopped.
. "$(dirname "$0")/lib.sh"

told=
while :; do
    ready=$(find "$parts" -name 'part.*' ! -name '*.new' | wc -l)
    now="$((ready)) of 9 parts are ready"
    if [ "$now" != "$told" ]; then
        echo "$now"
        told=$now
    fi
    sleep 1
done
