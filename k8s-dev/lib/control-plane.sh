# etcd, API server, controller manager, scheduler.
# shellcheck shell=bash

start_etcd() {
  mkdir -p "$STATE/etcd"
  chmod 700 "$STATE/etcd"
  start etcd "$KUBERNETES/etcd" --name=default --data-dir="$STATE/etcd" --unsafe-no-fsync --log-level=warn \
    --listen-client-urls=https://127.0.0.1:2379 --advertise-client-urls=https://127.0.0.1:2379 \
    --listen-peer-urls=http://127.0.0.1:2380 --initial-advertise-peer-urls=http://127.0.0.1:2380 \
    --initial-cluster=default=http://127.0.0.1:2380 \
    --client-cert-auth --trusted-ca-file="$PKI/etcd-ca.crt" --cert-file="$PKI/etcd.crt" --key-file="$PKI/etcd.key"
}

start_apiserver() {
  start kube-apiserver "$KUBERNETES/kube-apiserver" \
    --bind-address="$NODE_IP" --advertise-address="$NODE_IP" --secure-port=6443 \
    --service-cluster-ip-range="$SERVICE_CIDR" --authorization-mode=Node,RBAC \
    --enable-admission-plugins=NodeRestriction \
    --etcd-servers=https://127.0.0.1:2379 --etcd-cafile="$PKI/etcd-ca.crt" \
    --etcd-certfile="$PKI/apiserver-etcd.crt" --etcd-keyfile="$PKI/apiserver-etcd.key" \
    --client-ca-file="$PKI/ca.crt" --tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key" \
    --kubelet-certificate-authority="$PKI/ca.crt" --kubelet-preferred-address-types=InternalIP \
    --kubelet-client-certificate="$PKI/apiserver-kubelet.crt" --kubelet-client-key="$PKI/apiserver-kubelet.key" \
    --requestheader-client-ca-file="$PKI/ca.crt" --requestheader-allowed-names=front-proxy-client \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$PKI/front-proxy.crt" --proxy-client-key-file="$PKI/front-proxy.key" \
    --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$PKI/service-accounts.key" \
    --service-account-signing-key-file="$PKI/service-accounts.key" \
    --audit-policy-file="$CONFIG/audit-policy.yaml" --audit-log-path="$LOG/audit.log" \
    --audit-log-maxsize=100 --audit-log-maxbackup=1
}

start_controllers() {
  start kube-controller-manager "$KUBERNETES/kube-controller-manager" \
    --bind-address=127.0.0.1 --leader-elect=false --use-service-account-credentials \
    --kubeconfig="$CONFIG/controller-manager.kubeconfig" \
    --authentication-kubeconfig="$CONFIG/controller-manager.kubeconfig" \
    --authorization-kubeconfig="$CONFIG/controller-manager.kubeconfig" \
    --cluster-cidr="$NODE_CIDR" --service-cluster-ip-range="$SERVICE_CIDR" --root-ca-file="$PKI/ca.crt" \
    --cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key" \
    --service-account-private-key-file="$PKI/service-accounts.key"
  start kube-scheduler "$KUBERNETES/kube-scheduler" \
    --bind-address=127.0.0.1 --leader-elect=false --kubeconfig="$CONFIG/scheduler.kubeconfig" \
    --authentication-kubeconfig="$CONFIG/scheduler.kubeconfig" \
    --authorization-kubeconfig="$CONFIG/scheduler.kubeconfig"
}

kubectl() { "$KUBERNETES/kubectl" --kubeconfig="$K8S_DEV/kubeconfig" "$@"; }

api_ready() { kubectl get --raw /readyz --request-timeout=2s; }
