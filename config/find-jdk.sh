# Sourced by ./orrery and ./verify: sets JAVA_HOME to a JDK 25, or says what to install and ends.
# Order: JAVA_HOME, the javac on PATH, then the folders in which JDKs are usually installed.

use_jdk() {
    local wanted=$1 home javac
    javac=$(command -v javac || true)
    for home in \
        "${JAVA_HOME:-}" \
        "${javac:+$(dirname "$(dirname "$(readlink -f "$javac")")")}" \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/* /opt/java/* /opt/jdk/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* "${HOME:-/}"/.jdk/* \
        "${HOME:-/}"/.asdf/installs/java/* "${HOME:-/}"/.local/share/mise/installs/java/*; do
        if [ -x "$home/bin/javac" ] && grep -q "^JAVA_VERSION=\"$wanted[.\"]" "$home/release" 2>/dev/null; then
            export JAVA_HOME=$home
            return
        fi
    done
    echo "$(basename "$0"): Orrery needs JDK $wanted and found none: install one, for example Temurin $wanted, or point JAVA_HOME at yours." >&2
    exit 70
}

# Maven runs on that JDK too, and its own libraries would warn about what they use of it.
use_maven() {
    export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
    if ! command -v mvn >/dev/null; then
        echo "$(basename "$0"): Orrery is built with Maven and found none: install it, for example with apt-get install maven." >&2
        exit 70
    fi
}
