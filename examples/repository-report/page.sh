# Puts the parts together, and tells where the page is.
. "$(dirname "$0")/lib.sh"

# A tile with a number: tile ID NUMBER WORD
tile() {
    printf '%s\t%s\t%s\n' "$1" "$2" "$3"
}

# A section: section NAME TITLE
section() {
    printf '<section id="%s">\n<h2>%s</h2>\n' "$1" "$2"
    cat "$parts/part.$1"
    printf '</section>\n'
}

sum() {
    awk -F '\t' '$1 != "-" { sum += $1 } END { printf "%.0f\n", sum }' "$1"
}

{
    cat "$here/head.html"
    {
        echo "name	$(fact name)"
        echo "branch	$(fact branch)"
        echo "head	$(fact head)"
        echo "shallow	$(fact shallow)"
        cut -f 1 "$parts/commits" | sort -n | sed -n '1s/^/first	/p;$s/^/last	/p'
    } | html title.awk
    {
        tile commits "$(($(wc -l <"$parts/commits")))" commit
        tile people "$(($(wc -l <"$parts/authors")))" author
        tile files "$(($(wc -l <"$parts/lines")))" file
        tile lines-of-text "$(sum "$parts/lines")" line
        tile open-marks "$(sum "$parts/marks")" "open mark"
        tile tags "$(($(wc -l <"$parts/tags")))" tag
    } | html tiles.awk
    section activity "Commits over time"
    echo '<div class="sections">'
    section authors "Authors"
    section languages "Languages, by lines"
    section busiest "Busiest files"
    section largest "Largest files"
    section age "Last change of each file"
    section marks "Marks of open work"
    section releases "Releases"
    section remote "Elsewhere"
    echo '</div>'
    printf '<footer>Written on %s by <code>examples/repository-report.orrery.yaml</code></footer>\n</main>\n</body>\n</html>\n' \
        "$(date -u '+%Y-%m-%d %H:%M UTC')"
} >"$out/index.html.new"
mv "$out/index.html.new" "$out/index.html"

echo "::report:: $(cd "$out" && pwd)/index.html"
