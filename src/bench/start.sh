#!/usr/bin/env bash
# Measures how long `check` takes from its start to its end, beside a JVM that does nothing. See README.md.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
runs=10
manifests=$root/deploy/demo
jars=()
natives=()
java_options=()

usage() {
    cat <<EOF
usage: $0 [OPTION...]

Runs in turn: an empty main on a JVM, and Flowguard's check of a folder. Prints the medians of wall time and processor time, and
how many times that of the empty main they are. Needs a JDK; build first: mvn package

  --runs NUMBER           how often each has its turn                              ($runs)
  --manifests DIR         what is checked                                          (deploy/demo)
  --jar FILE              Flowguard; repeat it to compare builds                   (target/quarkus-app/quarkus-run.jar)
  --java-options OPTIONS  measure the jars with these as well, separated by spaces; may be repeated
  --native FILE           measure this executable as well; may be repeated         (target/*-runner, where it is)
EOF
}

fail() {
    echo "$0: $1" >&2
    exit 2
}

while [ $# -gt 0 ]; do
    case "$1" in
        -h | --help)
            usage
            exit 0
            ;;
        --runs | --manifests | --jar | --java-options | --native)
            [ $# -gt 1 ] || fail "$1 needs a value"
            case "$1" in
                --runs) runs=$2 ;;
                --manifests) manifests=$2 ;;
                --jar) jars+=("$2") ;;
                --java-options) java_options+=("$2") ;;
                --native) natives+=("$2") ;;
            esac
            shift 2
            ;;
        *) fail "unknown option $1; --help tells which there are" ;;
    esac
done
case "$runs" in
    '' | 0 | *[!0-9]*) fail "--runs takes a whole number from 1, not $runs" ;;
esac
[ ${#jars[@]} -gt 0 ] || jars=("$root/target/quarkus-app/quarkus-run.jar")
if [ ${#natives[@]} -eq 0 ]; then
    for file in "$root"/target/*-runner; do
        [ ! -x "$file" ] || natives+=("$file")
    done
fi

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo 'public final class Empty { public static void main(String[] arguments) {} }' >"$work/Empty.java"
"$javac" -d "$work" "$work/Empty.java"

# Each row: what it is called, and its command.
names=("empty main")
commands=("$java -cp $work Empty")
row() {
    names+=("$1")
    commands+=("$2 check --manifests $manifests")
}
for jar in "${jars[@]}"; do
    [ -f "$jar" ] || fail "$jar is not there: build it with mvn package"
    row "$jar" "$java -jar $jar"
    for options in "${java_options[@]}"; do
        row "$jar $options" "$java $options -jar $jar"
    done
done
for file in "${natives[@]}"; do
    [ -x "$file" ] || fail "$file is no executable"
    row "$file" "$file"
done

# Milliseconds of wall time and of processor time, a line for each run.
TIMEFORMAT='%R %U %S'
turn() {
    local status=0
    { time ${commands[$1]} >"$work/out" 2>"$work/err" || status=$?; } 2>"$work/time"
    [ "$status" -eq 0 ] || fail "${commands[$1]} failed: $(cat "$work/err" "$work/out")"
    awk '{ printf "%.0f %.0f\n", 1000 * $1, 1000 * ($2 + $3) }' "$work/time" >>"$work/row-$1"
}

median() {
    cut -d ' ' -f "$2" "$work/row-$1" | sort -n |
        awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'
}

load_before=$(cut -d ' ' -f 1 /proc/loadavg)
# The first turn fills the page cache, and does not count.
for run in $(seq 0 "$runs"); do
    for index in "${!commands[@]}"; do
        turn "$index"
        [ "$run" -gt 0 ] || rm "$work/row-$index"
    done
done

"$java" -version 2>&1 | sed -n 2p
echo "$(nproc) processors,$(sed -n 's/^model name[^:]*://p' /proc/cpuinfo | head -n 1), load $load_before before and $(cut -d ' ' -f 1 /proc/loadavg) after"
echo "medians of $runs runs each, in milliseconds, and × that of the empty main"
printf '%9s %7s %9s %7s\n' wall × processor ×
for index in "${!names[@]}"; do
    echo "$(median "$index" 1) $(median "$index" 2) $(median 0 1) $(median 0 2) ${names[$index]}"
done | awk '{ name = $0; sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, "", name); printf "%9d %6.1f %9d %6.1f  %s\n", $1, $1 / $3, $2, $2 / $4, name }'
