#!/usr/bin/env bash
# Measures what /validate takes over HTTPS, beside a webhook that judges nothing and a route that reads nothing. See ../README.md.
set -euo pipefail

shape=small
from=manifests
seed=1
reviews=2000
rounds=5
seconds=10
warm_up=20
connections=16
rate=50
latency_seconds=60
heap=512m
java_options=
port=18443
management_port=19000

usage() {
    cat <<EOF
usage: $0 [OPTION...]

Starts Flowguard on loopback with a generated cluster, and sends it reviews: as fast as it answers them, to /validate, /no-op and
/constant in turn, and then at a fixed rate to /validate. Ends by itself. Needs wrk, curl and a JDK; build first: mvn package -Pload

  --shape NAME            tiny, small or large                                   ($shape)
  --from STATE            manifests, or the http:// address of an API server     ($from)
                          that has the cluster of the same shape and seed
  --seed NUMBER           of the cluster and its reviews                         ($seed)
  --reviews NUMBER        how many different reviews there are                   ($reviews)
  --rounds NUMBER         how often each route has its turn                      ($rounds)
  --seconds NUMBER        how long a turn is                                     ($seconds)
  --warm-up NUMBER        seconds on each route before anything counts           ($warm_up)
  --connections NUMBER    that are kept alive, while going as fast as possible   ($connections)
  --rate NUMBER           requests a second, while measuring latency             ($rate)
  --latency-seconds NUMBER  how long latency is measured; 0: not at all          ($latency_seconds)
  --heap SIZE             of Flowguard, as for -Xmx                              ($heap)
  --java-options OPTIONS  more for Flowguard's JVM, separated by spaces
  --port NUMBER           of the webhook                                         ($port)
  --management-port NUMBER  of its health                                        ($management_port)
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
        --shape | --from | --seed | --reviews | --rounds | --seconds | --warm-up | --connections | --rate | --latency-seconds | --heap | --java-options | --port | --management-port)
            [ $# -gt 1 ] || fail "$1 needs a value"
            name=${1#--}
            declare "${name//-/_}=$2"
            shift 2
            ;;
        *) fail "$1 is no option; --help tells those that there are" ;;
    esac
done

command -v wrk >/dev/null || fail "wrk is missing: apt-get install wrk"
command -v curl >/dev/null || fail "curl is missing: apt-get install curl"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail "$java is missing: install a JDK, 17 or newer"

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$here/../../.." && pwd)/target/load
[ -f "$build/quarkus-app/quarkus-run.jar" ] || fail "nothing is built in $build: mvn package -Pload"
tools="$build/test-classes:$build/quarkus-app/lib/main/*"

work=$(mktemp -d "$build/run.XXXXXX")
server=
stop() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        for ((waited = 0; waited < 10; waited++)); do
            kill -0 "$server" 2>/dev/null || break
            sleep 1
        done
        kill -9 "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

case "$from" in
    manifests)
        # Read as YAML with the place of each field, it was not there after eight minutes with a heap of 4 GB.
        [ "$shape" != large ] || fail "a large cluster is too much for manifests: give --from http://127.0.0.1:PORT"
        cluster=$("$java" -cp "$tools" dev.flowguard.bench.LoadFiles "$shape" "$seed" "$reviews" "$work" manifests)
        source_options=()
        serve=(serve --manifests "$work/manifests")
        ;;
    http://127.0.0.1:* | http://localhost:* | http://\[::1\]:*)
        cluster=$("$java" -cp "$tools" dev.flowguard.bench.LoadFiles "$shape" "$seed" "$reviews" "$work")
        source_options=("-Dkubernetes.master=$from")
        serve=(serve)
        ;;
    *) fail "--from $from is neither manifests nor an http:// address on loopback" ;;
esac

# shellcheck disable=SC2086 # options are separated by spaces
"$java" "-Xmx$heap" $java_options "${source_options[@]}" \
    -Dquarkus.http.host=127.0.0.1 "-Dquarkus.http.ssl-port=$port" \
    -Dquarkus.management.host=127.0.0.1 "-Dquarkus.management.port=$management_port" \
    -jar "$build/quarkus-app/quarkus-run.jar" "${serve[@]}" >"$work/log" 2>&1 &
server=$!

for ((waited = 0; ; waited++)); do
    kill -0 "$server" 2>/dev/null || { tail -n 20 "$work/log" >&2; fail "Flowguard ended"; }
    curl -sf -o "$work/ready" "http://127.0.0.1:$management_port/q/health/ready" && break
    [ "$waited" -lt 300 ] || { tail -n 20 "$work/log" >&2; fail "Flowguard is not ready after $waited s"; }
    sleep 1
done

# Processor time that the server has used so far, in hundredths of a second, and in any case a number.
used() {
    awk '{ print $14 + $15 }' "/proc/$server/stat" 2>/dev/null || echo 0
}

# Sends as fast as answers come, to a route for some seconds; says a line: route, requests per second, and what else wrk and the kernel tell.
go() {
    local before after line
    before=$(used)
    wrk -t 1 -c "$connections" -d "$2s" --timeout 10s -s "$here/reviews.lua" "https://127.0.0.1:$port$1" -- "$work/reviews.ndjson" \
        >"$work/wrk" 2>&1 || { cat "$work/wrk" >&2; fail "wrk ended with an error"; }
    after=$(used)
    line=$(grep '^result ' "$work/wrk") || { cat "$work/wrk" >&2; fail "wrk tells no result"; }
    echo "$line" | awk -v route="$1" -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '{
        if ($15 > 0) { print $15 " of " $3 " requests to " route " failed" > "/dev/stderr"; exit 1 }
        printf "%s %.0f %.0f %.2f %.2f %.2f %.2f\n", route, $3 * 1e6 / $5, ticks / hz * 1e6 / $3, $7 / 1e3, $9 / 1e3, $11 / 1e3, $13 / 1e3
    }'
}

routes=(/validate /no-op /constant)
body_bytes=$(($(wc -c <"$work/reviews.ndjson") / reviews))

cat <<EOF
$(date -u +%Y-%m-%dT%H:%MZ), $(nproc) processors ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)), load $(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null) before
$("$java" -version 2>&1 | sed -n 2p), -Xmx$heap $java_options
$cluster, from $from
$reviews different reviews of $body_bytes bytes on average; wrk with $connections connections, HTTP/1.1 keep-alive, over TLS
wrk shares the processors with Flowguard, and takes most of them where the answer is cheap; "CPU" is Flowguard's own.

EOF

for route in "${routes[@]}"; do
    go "$route" "$warm_up" >/dev/null
done
echo "route      requests/s  CPU us/request  p50 ms  p90 ms  p99 ms  max ms"
for ((round = 0; round < rounds; round++)); do
    for route in "${routes[@]}"; do
        go "$route" "$seconds" | tee -a "$work/results" |
            awk '{ printf "%-9s %11d %15d %7.2f %7.2f %7.2f %7.2f\n", $1, $2, $3, $4, $5, $6, $7 }'
    done
done

# The median of a column for a route, and its smallest and largest value.
median() {
    awk -v route="$1" -v column="$2" '$1 == route { print $column }' "$work/results" | sort -n |
        awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2, v[1], v[NR] }'
}

echo
for route in "${routes[@]}"; do
    echo "$route $(median "$route" 2) $(median "$route" 3)"
done | tee "$work/medians" | awk '{ printf "%-9s median %6d requests/s (%d to %d), %4d us of CPU (%d to %d)\n", $1, $2, $3, $4, $5, $6, $7 }'
awk '{ speed[$1] = $2; cpu[$1] = $5 }
    END {
        printf "/validate : /no-op     %.2f by throughput, %.2f by CPU\n", speed["/validate"] / speed["/no-op"], cpu["/validate"] ? cpu["/no-op"] / cpu["/validate"] : 0
        printf "/validate : /constant  %.2f by throughput, %.2f by CPU\n", speed["/validate"] / speed["/constant"], cpu["/validate"] ? cpu["/constant"] / cpu["/validate"] : 0
    }' "$work/medians"
# Each answer leaves a line in the log.
awk '/ decision=/ { all++ } / decision=reject / { rejected++ } END { printf "%d of %d changes were refused\n", rejected, all }' "$work/log"

if [ "$latency_seconds" -gt 0 ]; then
    echo
    echo "At $rate requests a second, from when each was due, with what the client and HTTPS take (see /constant):"
    for route in /validate /constant; do
        printf '%-9s ' "$route"
        "$java" -cp "$tools" dev.flowguard.bench.OpenLoop "https://127.0.0.1:$port$route" "$work/reviews.ndjson" "$rate" "$latency_seconds"
    done
fi
