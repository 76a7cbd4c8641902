#!/usr/bin/env bats
# lib/pki.sh: when certificates are reused and when they are renewed.
# shellcheck disable=SC2030,SC2031,SC2154

. "$BATS_TEST_DIRNAME/helpers.sh"

# server [NAMES]: an authority and a server certificate that it signed.
server() {
  authority ca "test authority"
  certificate server ca /CN=server serverAuth "${1:-IP:10.42.0.1,DNS:localhost}"
}

# digest [FILE...]: of these files, or of all files and kubeconfigs.
digest() {
  cd "$PKI" || return
  if [ $# = 0 ]; then
    find "$PKI" "$CONFIG" -type f | sort | xargs sha256sum
  else
    sha256sum "$@"
  fi
}

# The certificate fits its key, and its authority signed it.
consistent() {
  openssl verify -CAfile "$PKI/$2.crt" "$PKI/$1.crt"
  is "$(openssl x509 -in "$PKI/$1.crt" -noout -pubkey)" "$(openssl pkey -in "$PKI/$1.key" -pubout)"
}

@test "a valid certificate is reused, so that a second start restarts nothing" {
  server
  before=$(digest)
  server
  is "$(digest)" "$before"
}

@test "a certificate is renewed when its names change, and its authority stays" {
  server
  before=$(digest ca.crt ca.key)
  server IP:10.42.0.1,DNS:localhost,DNS:example.org
  consistent server ca
  openssl x509 -in "$PKI/server.crt" -noout -checkhost example.org
  is "$(digest ca.crt ca.key)" "$before"
}

@test "a certificate is renewed when its subject or its usage changes" {
  server
  certificate server ca /CN=other serverAuth IP:10.42.0.1
  is "$(openssl x509 -in "$PKI/server.crt" -noout -subject -nameopt RFC2253)" "subject=CN=other"
  certificate server ca /CN=other clientAuth IP:10.42.0.1
  openssl x509 -in "$PKI/server.crt" -noout -ext extendedKeyUsage | grep -q "TLS Web Client"
}

@test "a certificate is renewed when it expires within 30 days" {
  (EC=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 29) && server)
  not openssl x509 -in "$PKI/server.crt" -noout -checkend $((30 * 24 * 3600))
  server
  openssl x509 -in "$PKI/server.crt" -noout -checkend $((3600 * 24 * 3600))
  consistent server ca
}

@test "when the authority is renewed, so is what it signed" {
  server
  before=$(digest server.crt)
  rm "$PKI/ca.crt"
  server
  not [ "$(digest server.crt)" = "$before" ]
  consistent server ca
}

@test "a certificate or key that a killed start left damaged is replaced" {
  server
  for file in server.crt server.key ca.crt ca.key; do
    head -c 100 "$PKI/$file" >"$PKI/cut" && mv "$PKI/cut" "$PKI/$file"
    server
    consistent server ca
    consistent ca ca
  done
}

@test "a damaged key of service accounts is replaced" {
  echo "-----BEGIN EC PRIVATE" >"$PKI/service-accounts.key"
  make_pki
  openssl pkey -in "$PKI/service-accounts.key" -noout
}

@test "a certificate that openssl refuses to create is named" {
  authority ca "test authority"
  run certificate server ca /CN=server serverAuth "IP:not-an-address"
  refuses "cannot create the certificate server" "$PKI/server.log"
}

@test "a certificate whose key belongs to another one is replaced" {
  server
  certificate other ca /CN=other serverAuth
  cp "$PKI/other.key" "$PKI/server.key"
  server
  consistent server ca
}

@test "every key of the cluster and every kubeconfig can be read by root only" {
  umask 022
  make_pki
  K8S_DEV=$BATS_TEST_TMPDIR
  write_checkout_files
  is "$(stat -c %a "$PKI")" 700
  is "$(stat -c '%a %n' "$PKI"/*.key "$CONFIG"/*.kubeconfig "$K8S_DEV/kubeconfig" | grep -v '^600 ')" ""
  is "$(stat -c %a "$K8S_DEV/ca.crt")" 644
}

@test "clients accept the API server under each of its names, and only under these" {
  make_pki
  for name in localhost kubernetes.default.svc; do
    openssl verify -CAfile "$PKI/ca.crt" -purpose sslserver -verify_hostname "$name" "$PKI/apiserver.crt"
  done
  for address in "$NODE_IP" "$API_SERVICE_IP" 127.0.0.1; do
    openssl verify -CAfile "$PKI/ca.crt" -purpose sslserver -verify_ip "$address" "$PKI/apiserver.crt"
  done
  not openssl verify -CAfile "$PKI/ca.crt" -verify_hostname example.org "$PKI/apiserver.crt"
}

@test "a second start keeps all certificates, kubeconfigs and the key of service accounts" {
  make_pki
  before=$(digest)
  make_pki
  is "$(digest)" "$before"
}

@test "the administrator's kubeconfig holds a certificate of the cluster's authority" {
  make_pki
  K8S_DEV=$BATS_TEST_TMPDIR
  write_checkout_files
  sed -n 's/.*client-certificate-data: \([^,]*\),.*/\1/p' "$K8S_DEV/kubeconfig" | base64 -d >"$BATS_TEST_TMPDIR/admin.crt"
  openssl verify -CAfile "$PKI/ca.crt" -purpose sslclient "$BATS_TEST_TMPDIR/admin.crt"
  openssl x509 -in "$BATS_TEST_TMPDIR/admin.crt" -noout -subject | grep -q "O = system:masters"
}
