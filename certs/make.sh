#!/bin/sh
# Makes a CA and a serving certificate for Flowguard with openssl, for clusters without cert-manager whose webhook certificates must not
# be made in the cluster, and for development. See README.md beside this file.
set -eu

directory=certificates
service=flowguard
namespace=flowguard-system
ca_days=1825
days=365

usage() {
    cat <<EOF
usage: $0 [-d DIRECTORY] [-s SERVICE] [-n NAMESPACE] [-c DAYS] [-l DAYS]

Makes ca.key, ca.crt, tls.key and tls.crt. A CA that is already there signs again; the serving certificate is always new.

  -d DIRECTORY  where the files go                      ($directory)
  -s SERVICE    the Service of the webhook              ($service)
  -n NAMESPACE  its namespace                           ($namespace)
  -c DAYS       how long a new CA is valid              ($ca_days)
  -l DAYS       how long the serving certificate is     ($days)
EOF
}

fail() {
    echo "$0: $1" >&2
    exit 2
}

while getopts d:s:n:c:l:h option; do
    case $option in
        d) directory=$OPTARG ;;
        s) service=$OPTARG ;;
        n) namespace=$OPTARG ;;
        c) ca_days=$OPTARG ;;
        l) days=$OPTARG ;;
        h) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -eq 0 ] || fail "\"$1\" is not an option: see $0 -h"
command -v openssl >/dev/null || fail "openssl is not on the PATH: install it (1.1.1 or newer)"

# The names end up in a certificate and in commands to copy: nothing but DNS labels.
for label in "$service" "$namespace"; do
    case $label in
        '' | *[!a-z0-9-]* | -* | *-) fail "\"$label\" is not a DNS label: expected lower-case letters, digits and \"-\"" ;;
    esac
done
for number in "$ca_days" "$days"; do
    case $number in
        '' | *[!0-9]* | 0*) fail "\"$number\" is not a number of days: expected a whole number from 1" ;;
    esac
done

# Keys are for the owner only, from the moment they exist.
umask 077
mkdir -p "$directory"
cd "$directory"
if [ -e ca.key ] && [ ! -e ca.crt ] || [ -e ca.crt ] && [ ! -e ca.key ]; then
    fail "there is only one of ca.key and ca.crt in $(pwd): bring the other, or move it away to get a new CA"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/openssl.cnf" <<EOF
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[serving]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:$service.$namespace.svc, DNS:$service.$namespace.svc.cluster.local, DNS:localhost, IP:127.0.0.1, IP:::1
EOF

key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve -out "$1" 2>"$work/log" ||
        fail "openssl made no key: $(cat "$work/log")"
}

if [ ! -e ca.key ]; then
    key "$work/ca.key"
    openssl req -x509 -new -sha256 -config "$work/openssl.cnf" -extensions ca -subj "/CN=flowguard-ca" \
        -key "$work/ca.key" -days "$ca_days" -out "$work/ca.crt"
    mv "$work/ca.key" "$work/ca.crt" .
fi

key "$work/tls.key"
openssl req -new -sha256 -config "$work/openssl.cnf" -subj "/CN=flowguard" -key "$work/tls.key" -out "$work/tls.csr"
openssl x509 -req -sha256 -in "$work/tls.csr" -CA ca.crt -CAkey ca.key -set_serial "0x$(openssl rand -hex 15)" \
    -extfile "$work/openssl.cnf" -extensions serving -days "$days" -out "$work/tls.crt" 2>"$work/log" ||
    fail "openssl did not sign: $(cat "$work/log")"
openssl verify -CAfile ca.crt -purpose sslserver "$work/tls.crt" >"$work/log" 2>&1 ||
    fail "the CA in $(pwd) does not vouch for the new certificate: $(cat "$work/log")"
mv "$work/tls.key" "$work/tls.crt" .

bundle=$(openssl base64 -A -in ca.crt)
cat <<EOF
In $(pwd):
  ca.crt   $(openssl x509 -in ca.crt -noout -enddate)
  tls.crt  $(openssl x509 -in tls.crt -noout -enddate)
Keep ca.key out of the cluster and out of version control.

In the cluster, after kubectl apply -k deploy/overlays/provided-certificate:
  kubectl -n $namespace create secret tls flowguard-serving --cert="$(pwd)/tls.crt" --key="$(pwd)/tls.key" --dry-run=client -o yaml | kubectl apply -f -
  kubectl patch validatingwebhookconfiguration flowguard --type=json -p '[
    {"op": "add", "path": "/webhooks/0/clientConfig/caBundle", "value": "$bundle"},
    {"op": "add", "path": "/webhooks/1/clientConfig/caBundle", "value": "$bundle"}]'

On this machine:
  java -Dquarkus.tls.webhook.key-store.pem.0.cert="$(pwd)/tls.crt" -Dquarkus.tls.webhook.key-store.pem.0.key="$(pwd)/tls.key" \\
    -jar target/quarkus-app/quarkus-run.jar serve --manifests deploy/demo
  openssl s_client -connect localhost:8443 -CAfile "$(pwd)/ca.crt" -verify_return_error -brief </dev/null
EOF
