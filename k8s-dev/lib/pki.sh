# Certificate authorities, certificates and kubeconfigs; kept until they expire, their names change, or 'make clean'.
# shellcheck shell=bash

EC=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650)
RSA=(-newkey rsa:2048 -nodes -days 3650)

# valid NAME AUTHORITY: the certificate matches its key and stays valid under its authority for at least 30 days.
valid() {
  openssl verify -attime $(($(date +%s) + 30 * 24 * 3600)) -CAfile "$PKI/$2.crt" "$PKI/$1.crt" >/dev/null 2>&1 &&
    [ "$(openssl x509 -in "$PKI/$1.crt" -noout -pubkey)" = "$(openssl pkey -in "$PKI/$1.key" -pubout 2>/dev/null)" ]
}

# issue NAME OPTIONS...: a new key and certificate.
issue() (
  umask 077
  openssl req -x509 "${@:2}" -keyout "$PKI/$1.key.new" -out "$PKI/$1.crt.new" 2>"$PKI/$1.log" ||
    die "openssl cannot create the certificate $1: $(tail -n 1 "$PKI/$1.log")" "All of its output is in $PKI/$1.log"
  mv "$PKI/$1.key.new" "$PKI/$1.key"
  mv "$PKI/$1.crt.new" "$PKI/$1.crt"
  rm "$PKI/$1.log"
)

# authority NAME COMMON-NAME
authority() {
  valid "$1" "$1" ||
    issue "$1" "${EC[@]}" -subj "/CN=$2" -addext "keyUsage=critical,keyCertSign,cRLSign,digitalSignature"
}

# certificate NAME AUTHORITY SUBJECT USAGE [SUBJECT-ALTERNATIVE-NAMES]
certificate() {
  local key=("${EC[@]}") request="${*:3}"
  # Java's Kubernetes client reads the administrator's kubeconfig too, and accepts RSA keys as PKCS #8.
  [ "$1" != admin ] || key=("${RSA[@]}")
  if [ "$(cat "$PKI/$1.request" 2>/dev/null)" != "$request" ] || ! valid "$1" "$2"; then
    issue "$1" "${key[@]}" -CA "$PKI/$2.crt" -CAkey "$PKI/$2.key" -subj "$3" \
      -addext "basicConstraints=critical,CA:FALSE" -addext "extendedKeyUsage=$4" ${5:+-addext "subjectAltName=$5"} &&
      echo "$request" >"$PKI/$1.request"
  fi
}

# client_kubeconfig FILE CERTIFICATE
client_kubeconfig() {
  local file=$1 ca crt key
  ca=$(base64 -w0 "$PKI/ca.crt") crt=$(base64 -w0 "$PKI/$2.crt") key=$(base64 -w0 "$PKI/$2.key")
  (
    umask 077
    cat >"$file" <<YAML
apiVersion: v1
kind: Config
current-context: recordsponge-dev
clusters:
  - name: recordsponge-dev
    cluster: {server: "https://$NODE_IP:6443", certificate-authority-data: $ca}
users:
  - name: $2
    user: {client-certificate-data: $crt, client-key-data: $key}
contexts:
  - name: recordsponge-dev
    context: {cluster: recordsponge-dev, user: $2, namespace: $NAMESPACE}
YAML
  )
}

make_pki() {
  local name
  mkdir -p "$PKI"
  chmod 700 "$PKI"
  authority ca "RecordSponge development cluster"
  authority etcd-ca "RecordSponge development etcd"
  authority ingress-ca "RecordSponge development sites"
  authority database-ca "RecordSponge development database"
  authority registry-ca "RecordSponge development registry"
  certificate etcd etcd-ca /CN=etcd serverAuth,clientAuth IP:127.0.0.1
  certificate apiserver-etcd etcd-ca /CN=kube-apiserver clientAuth
  certificate apiserver ca /CN=kube-apiserver serverAuth \
    "IP:$NODE_IP,IP:$API_SERVICE_IP,IP:127.0.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
  certificate apiserver-kubelet ca /O=system:masters/CN=kube-apiserver-kubelet-client clientAuth
  certificate front-proxy ca /CN=front-proxy-client clientAuth
  certificate admin ca /O=system:masters/CN=admin clientAuth
  certificate controller-manager ca /CN=system:kube-controller-manager clientAuth
  certificate scheduler ca /CN=system:kube-scheduler clientAuth
  certificate proxy ca /CN=system:kube-proxy clientAuth
  certificate kubelet-client ca "/O=system:nodes/CN=system:node:$NODE_NAME" clientAuth
  certificate kubelet ca "/CN=$NODE_NAME" serverAuth "IP:$NODE_IP,DNS:$NODE_NAME"
  certificate registry registry-ca "/CN=$NODE_IP" serverAuth "IP:$NODE_IP"
  certificate postgres database-ca "/CN=$NODE_IP" serverAuth "IP:$NODE_IP"
  openssl pkey -in "$PKI/service-accounts.key" -noout 2>/dev/null || (
    umask 077
    openssl ecparam -name prime256v1 -genkey -noout -out "$PKI/service-accounts.key"
  )
  for name in controller-manager scheduler proxy kubelet-client; do
    client_kubeconfig "$CONFIG/$name.kubeconfig" "$name"
  done
}

# The files of this checkout that give access to the cluster.
write_checkout_files() {
  client_kubeconfig "$K8S_DEV/kubeconfig" admin
  install -m 644 "$PKI/ingress-ca.crt" "$K8S_DEV/ca.crt"
}
