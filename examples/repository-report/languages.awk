# Reads "lines added, lines removed, file"; writes "lines, language" for each language. Binary files have "-" for lines.
BEGIN {
    FS = "\t"
    known = "java:Java kt:Kotlin kts:Kotlin scala:Scala groovy:Groovy gradle:Groovy clj:Clojure c:C h:C cc:C++ cpp:C++"
    known = known " cxx:C++ hh:C++ hpp:C++ cs:C# fs:F# go:Go rs:Rust swift:Swift m:Objective-C zig:Zig d:D dart:Dart"
    known = known " py:Python pyi:Python ipynb:Jupyter rb:Ruby pl:Perl pm:Perl php:PHP lua:Lua r:R jl:Julia tcl:Tcl"
    known = known " js:JavaScript mjs:JavaScript cjs:JavaScript jsx:JavaScript ts:TypeScript tsx:TypeScript vue:Vue"
    known = known " html:HTML htm:HTML css:CSS scss:CSS less:CSS svg:SVG xml:XML xsd:XML xsl:XML json:JSON yaml:YAML"
    known = known " yml:YAML toml:TOML ini:INI cfg:INI conf:INI properties:Properties sql:SQL graphql:GraphQL"
    known = known " proto:Protobuf sh:Shell bash:Shell zsh:Shell fish:Shell ps1:PowerShell bat:Batch cmd:Batch awk:awk"
    known = known " md:Markdown rst:reStructuredText adoc:AsciiDoc tex:TeX txt:Text csv:CSV tsv:CSV hs:Haskell ml:OCaml"
    known = known " mli:OCaml ex:Elixir exs:Elixir erl:Erlang el:Lisp lisp:Lisp scm:Scheme vim:Vim nix:Nix tf:Terraform"
    known = known " cmake:CMake mk:Make makefile:Make dockerfile:Docker s:Assembly asm:Assembly f90:Fortran pas:Pascal"
    known = known " vhd:VHDL v:Verilog dot:DOT po:Gettext patch:Patch diff:Patch license:Text readme:Text"
    n = split(known, pairs, " ")
    for (i = 1; i <= n; i++) {
        split(pairs[i], pair, ":")
        language[pair[1]] = pair[2]
    }
}

$1 != "-" && $1 > 0 {
    file = substr($0, length($1) + length($2) + 3)
    sub(/"$/, "", file)
    sub(/.*\//, "", file)
    file = tolower(file)
    ending = file
    sub(/.*\./, "", ending)
    lines[ending in language ? language[ending] : file ~ /.\.[a-z0-9_+-]+$/ ? "." ending : "without an ending"] += $1
    sum += $1
}

END {
    for (name in lines) {
        if (name ~ /^\./ && lines[name] * 100 < sum) {
            others += lines[name]
        } else {
            printf "%.0f\t%s\n", lines[name], name
        }
    }
    if (others) printf "%.0f\tother endings\n", others
}
