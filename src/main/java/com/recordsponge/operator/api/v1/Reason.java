package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.ConditionType.CERTIFICATE_READY;
import static com.recordsponge.operator.api.v1.ConditionType.DATABASE_READY;
import static com.recordsponge.operator.api.v1.ConditionType.DEVELOPMENT_READY;
import static com.recordsponge.operator.api.v1.ConditionType.IMAGE_RESOLVED;
import static com.recordsponge.operator.api.v1.ConditionType.READY;
import static com.recordsponge.operator.api.v1.ConditionType.ROUTE_READY;
import static com.recordsponge.operator.api.v1.ConditionType.SESSIONS_READY;
import static com.recordsponge.operator.api.v1.ConditionType.SUSPENDED;
import static com.recordsponge.operator.api.v1.ConditionType.WORKLOAD_AVAILABLE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The reasons of an environment's conditions, each one distinct cause. They are API: their names do not change after
 * 1.0.0. docs/conditions.md prints the explanations.
 */
public enum Reason {
    RUNNING("Running", on(READY, "the site answers with the wanted image", "nothing to do")),
    NOT_SUSPENDED(
            "NotSuspended",
            on(
                    SUSPENDED,
                    "neither `spec.suspend` nor the annotation `recordsponge.com/suspend` is true",
                    "nothing to do")),
    ENVIRONMENT_SUSPENDED(
            "Suspended",
            on(READY, "`spec.suspend` or the annotation `recordsponge.com/suspend` is true", "set it to false"),
            on(WORKLOAD_AVAILABLE, "see Ready", "see Ready")),
    SUSPENDING("Suspending", stillStopping(READY), stillStopping(WORKLOAD_AVAILABLE), stillStopping(SUSPENDED)),
    SCALED_TO_ZERO(
            "ScaledToZero",
            on(READY, "`spec.replicas` is 0: nothing serves the site", "set it to 1 or more"),
            on(WORKLOAD_AVAILABLE, "`spec.replicas` is 0", "set it to 1 or more")),
    ROLLED_BACK(
            "RolledBack",
            on(
                    READY,
                    "a new image failed, and the last one that was Ready serves again; the message has the cause",
                    "push a corrected image, or set the annotation `recordsponge.com/retry` to a new value to try this one again")),
    RECONCILE_FAILED(
            "ReconcileFailed",
            on(
                    READY,
                    "the operator could not finish a reconciliation; the message has the cause",
                    "correct the cause; the operator retries, at most every 5 minutes")),

    SOURCE_NOT_FOUND(
            "SourceNotFound",
            on(
                    DEVELOPMENT_READY,
                    "the claim of `dev.source` does not exist; no pod of this spec starts",
                    "create it (`make dev` does), or correct `dev.source.claimName`")),
    SOURCE_FOLDER_NOT_FOUND(
            "SourceFolderNotFound",
            on(
                    DEVELOPMENT_READY,
                    "the tree lacks `src/backend`, `src/frontend/src` or `src/frontend/public`; the message names it",
                    "add the folder, or let the claim show the right tree")),
    FAILED_MOUNT(
            "FailedMount",
            on(
                    DEVELOPMENT_READY,
                    "the node has not mounted a pod's volumes for 30 s, such as a local volume whose folder is missing",
                    "put the folder back, or correct what `kubectl describe pod` names; the pod then starts")),
    SOURCE_UNREADABLE(
            "SourceUnreadable",
            on(
                    DEVELOPMENT_READY,
                    "the owner or mode of a file or folder of the tree forbids user 65534 to read it; of a file, the pods do without it",
                    "`chmod -R a+rX` on the tree; pods notice within a second")),
    SOURCE_REPLACED(
            "SourceReplaced",
            on(
                    DEVELOPMENT_READY,
                    "the tree, or a folder that is mounted, was deleted and created anew under a running pod, which still sees the old one",
                    "`make backend_reload frontend_restart`, or `kubectl rollout restart` of the Deployments")),
    BACKEND_ENDED(
            "BackendEnded",
            on(
                    DEVELOPMENT_READY,
                    "the command of the back end cannot start, or ended, such as by an error",
                    "correct what its last line and `make backend_logs` say; it starts again after the next change of the tree")),
    FRONTEND_ENDED(
            "FrontendEnded",
            on(
                    DEVELOPMENT_READY,
                    "the command of the front end cannot start, or ended, such as by an error",
                    "correct what its last line and `make frontend_logs` say; it starts again after the next change of the tree")),
    LOCK_FILE_OUT_OF_SYNC(
            "LockFileOutOfSync",
            on(
                    DEVELOPMENT_READY,
                    "`package-lock.json` does not fit `package.json`; modules that are installed already are still used",
                    "`npm install` in `src/frontend`")),
    INSTALL_FAILED(
            "InstallFailed",
            on(
                    DEVELOPMENT_READY,
                    "npm cannot install the front end's modules, or its files cannot be copied from the tree; the message says why",
                    "correct `package.json` or the way to the package registry (`dev.frontend.caConfigMapRef` for a proxy's CA); it is tried again every 30 s")),
    PROXY_HOST_NOT_FOUND(
            "ProxyHostNotFound",
            on(
                    DEVELOPMENT_READY,
                    "the host in the `proxy` line of `src/frontend/package.json` does not resolve",
                    "name `expungeservice`, which leads to the back end")),
    INOTIFY_LIMIT_LOW(
            "InotifyLimitLow",
            on(
                    DEVELOPMENT_READY,
                    "the node has too few inotify watches; files are polled, and changes show seconds later",
                    "`sysctl -w fs.inotify.max_user_watches=524288` on the node, then `make frontend_restart`")),
    IMAGE_OUTDATED(
            "ImageOutdated",
            on(
                    DEVELOPMENT_READY,
                    "the image was built from another `Pipfile.lock` than the tree has",
                    "`make backend_build`")),
    INITDB_FAILED(
            "InitdbFailed",
            on(
                    DEVELOPMENT_READY,
                    "a script of `dev.postgres.initdb` failed, or user 999 cannot read the folder; the message has the name and the server's words. The server runs",
                    "correct it, then `make initdb`")),
    DATA_INCOMPATIBLE(
            "DataIncompatible",
            on(
                    DEVELOPMENT_READY,
                    "the data in the claim NAME-postgres is of another major version of PostgreSQL than the image",
                    "set `dev.postgres.image` back, or delete the claim with its data")),

    LOGGED_IN("LoggedIn", on(DATABASE_READY, "the login works and the database accepts writes", "nothing to do")),
    CONNECTING("Connecting", on(DATABASE_READY, "the first login is in progress", "wait a moment")),
    DNS_FAILED(
            "DnsFailed",
            on(
                    DATABASE_READY,
                    "`database.host` does not resolve, or only to addresses that no pod may use",
                    "correct it, or the DNS")),
    CONNECTION_REFUSED(
            "ConnectionRefused",
            on(
                    DATABASE_READY,
                    "nothing listens at host and port, or what listens there is no PostgreSQL server that accepts connections now",
                    "start PostgreSQL; check `listen_addresses` and `port`, and what the message quotes")),
    CONNECTION_TIMEOUT(
            "ConnectionTimeout",
            on(
                    DATABASE_READY,
                    "the server does not answer",
                    "open the firewall from the pods' network (10.42.0.0/16 on k3s) to the server's port")),
    HOST_NOT_PERMITTED(
            "HostNotPermitted",
            on(
                    DATABASE_READY,
                    "no line of `pg_hba.conf` admits this client",
                    "add `hostssl <database> <user> 10.42.0.0/16 scram-sha-256` and reload")),
    LOGIN_NOT_PERMITTED(
            "LoginNotPermitted",
            on(
                    DATABASE_READY,
                    "the role does not exist, has no LOGIN, or lacks CONNECT on the database",
                    "`ALTER ROLE ... LOGIN`, or `GRANT CONNECT ON DATABASE ... TO ...`")),
    TOO_MANY_CONNECTIONS(
            "TooManyConnections",
            on(
                    DATABASE_READY,
                    "the connection limit of the server, the database, the role or a pooler is reached",
                    "end connections that leak (`pg_stat_activity` shows them), or raise the limit")),
    AUTHENTICATION_FAILED(
            "AuthenticationFailed",
            on(
                    DATABASE_READY,
                    "the password is wrong, or the method of the line in `pg_hba.conf` refuses the login",
                    "correct the Secret, or the method")),
    DATABASE_NOT_FOUND("DatabaseNotFound", on(DATABASE_READY, "the database does not exist", "create it")),
    READ_ONLY_SERVER(
            "ReadOnlyServer",
            on(
                    DATABASE_READY,
                    "the login works, but the database accepts no writes: a standby, or `default_transaction_read_only`",
                    "point `database.host` at the primary, or promote the standby")),
    TLS_FAILED(
            "TlsFailed",
            on(
                    DATABASE_READY,
                    "the server has no TLS, or its certificate does not satisfy `sslMode`",
                    "check the server's `ssl` settings, `caSecretRef` and the name in its certificate")),
    SERVER_TOO_OLD("ServerTooOld", on(DATABASE_READY, "the server is older than PostgreSQL 10", "upgrade the server")),

    BOUND("Bound", on(SESSIONS_READY, "the claim has its volume", "nothing to do")),
    NOT_MOUNTED(
            "NotMounted",
            on(SESSIONS_READY, "no pod is requested, so no volume is needed yet", "nothing to do"),
            on(DEVELOPMENT_READY, "no pod is requested", "nothing to do")),
    CLAIM_PENDING(
            "ClaimPending",
            on(
                    SESSIONS_READY,
                    "the StorageClass has not provided the volume yet",
                    "wait; `kubectl describe pvc NAME-sessions` shows the cause")),
    STORAGE_CLASS_NOT_SET(
            "StorageClassNotSet",
            on(
                    SESSIONS_READY,
                    "`sessions.storageClassName` is not set and the cluster has no default StorageClass",
                    "set it, or mark a class as the default")),
    STORAGE_CLASS_DIFFERS(
            "StorageClassDiffers",
            on(
                    SESSIONS_READY,
                    "the retained claim has another StorageClass",
                    "set `sessions.storageClassName` to that class, or delete the claim")),
    EXPANDING(
            "Expanding",
            on(SESSIONS_READY, "the volume is being expanded", "wait; the message says if a pod has to restart")),
    EXPANSION_REFUSED(
            "ExpansionRefused",
            on(
                    SESSIONS_READY,
                    "the API server refuses to grow the volume; everything else continues",
                    "set `allowVolumeExpansion` on the StorageClass (the operator retries every minute), or restore the former `sessions.storage`"),
            on(
                    DEVELOPMENT_READY,
                    "the API server refuses to grow PostgreSQL's volume; everything else continues",
                    "set `allowVolumeExpansion` on the StorageClass (the operator retries every minute), or restore the former `dev.postgres.storage`")),
    CLAIM_TERMINATING(
            "ClaimTerminating",
            on(
                    SESSIONS_READY,
                    "somebody deleted the claim while pods use it",
                    "suspend the environment until the claim is gone; the operator then creates a new one")),
    CLAIM_LOST(
            "ClaimLost",
            on(SESSIONS_READY, "the claim has lost its volume", "delete the claim; the operator creates a new one"),
            on(
                    DEVELOPMENT_READY,
                    "the claim of `dev.source` has lost its volume",
                    "delete the claim and create it again")),

    IMAGE_FOUND("ImageFound", on(IMAGE_RESOLVED, "the digest behind the image is known", "nothing to do")),
    RESOLVING("Resolving", on(IMAGE_RESOLVED, "the registry is being asked", "wait a moment")),
    REGISTRY_UNREACHABLE(
            "RegistryUnreachable",
            on(
                    IMAGE_RESOLVED,
                    "the registry does not answer, or not as a registry does",
                    "check its name in `spec.image`, and `registries` of the chart if nodes pull elsewhere; pods that run are not touched")),
    REGISTRY_UNAUTHORIZED(
            "RegistryUnauthorized",
            on(
                    IMAGE_RESOLVED,
                    "the registry wants other credentials, or has no such repository",
                    "correct the Secret of `spec.imagePullSecrets`, or `spec.image`")),
    REGISTRY_LIMIT(
            "RegistryLimit",
            on(
                    IMAGE_RESOLVED,
                    "the registry limits how often it is asked",
                    "wait; credentials in `spec.imagePullSecrets` often have a higher limit")),
    MANIFEST_NOT_FOUND(
            "ManifestNotFound",
            on(IMAGE_RESOLVED, "the registry has no such image", "push it, or correct `spec.image`")),
    AWAITING_PROMOTION(
            "AwaitingPromotion",
            on(
                    IMAGE_RESOLVED,
                    "`release.policy` is Promote, nothing has run here yet, and no image of the other environment has been Ready long enough",
                    "wait, or approve a digest with the annotation `recordsponge.com/approve`; `status.release.candidate` has the newest")),
    PROMOTION_SOURCE_NOT_FOUND(
            "PromotionSourceNotFound",
            on(
                    IMAGE_RESOLVED,
                    "`release.promoteFrom` names an environment that does not exist, that this operator does not watch, or that does not permit it; pods keep their image",
                    "correct the name, or add this environment to `release.allowPromotionTo` of the other one")),

    AVAILABLE(
            "Available",
            on(WORKLOAD_AVAILABLE, "all pods are available", "nothing to do"),
            on(DEVELOPMENT_READY, "all parts of `dev` run the tree", "nothing to do")),
    ROLLING_OUT(
            "RollingOut",
            on(WORKLOAD_AVAILABLE, "new pods are starting", "wait"),
            on(
                    DEVELOPMENT_READY,
                    "the front end or PostgreSQL is starting",
                    "wait; the first start installs the modules")),
    IMAGE_PULL_BACK_OFF(
            "ImagePullBackOff",
            on(
                    WORKLOAD_AVAILABLE,
                    "the node cannot pull the image; the message has the registry's words",
                    "see the causes below"),
            on(
                    DEVELOPMENT_READY,
                    "the node cannot pull the image of `dev.frontend` or `dev.postgres`",
                    "correct the image, or the registry")),
    CRASH_LOOP_BACK_OFF(
            "CrashLoopBackOff",
            on(WORKLOAD_AVAILABLE, "the application exits", "`kubectl logs POD --previous`"),
            on(
                    DEVELOPMENT_READY,
                    "a container of the front end or of PostgreSQL exits",
                    "`kubectl logs POD -c CONTAINER --previous`")),
    OOM_KILLED(
            "OOMKilled",
            on(
                    WORKLOAD_AVAILABLE,
                    "the application used more memory than its limit",
                    "raise `spec.resources.limits.memory`"),
            on(
                    DEVELOPMENT_READY,
                    "a container of the front end or of PostgreSQL ran out of memory",
                    "free memory on the node")),
    FAILED_SCHEDULING(
            "FailedScheduling",
            on(
                    WORKLOAD_AVAILABLE,
                    "the scheduler finds no node for a pod; the message has its words",
                    "see the causes below"),
            on(
                    DEVELOPMENT_READY,
                    "the scheduler finds no node for a pod, for example because the volume of the tree is on another node",
                    "correct what the message names")),
    EVICTED(
            "Evicted",
            on(
                    WORKLOAD_AVAILABLE,
                    "a node evicted a pod, or did not admit it",
                    "free or add a node; `kubectl describe node` shows its state")),
    CREATE_CONTAINER_CONFIG_ERROR("CreateContainerConfigError", kubelet()),
    CREATE_CONTAINER_ERROR(
            "CreateContainerError",
            kubelet(),
            on(
                    DEVELOPMENT_READY,
                    "the kubelet cannot start a container of the front end or of PostgreSQL",
                    "correct what the message names")),
    RUN_CONTAINER_ERROR("RunContainerError", kubelet()),
    ROLLOUT_PAUSED(
            "RolloutPaused",
            on(
                    WORKLOAD_AVAILABLE,
                    "somebody paused the Deployment, and a change waits",
                    "`kubectl rollout resume deployment/NAME`")),
    FAILED_CREATE(
            "FailedCreate",
            on(
                    WORKLOAD_AVAILABLE,
                    "a ResourceQuota or Pod Security admission refuses the pods",
                    "the message names what refuses them; correct it")),
    PROGRESS_DEADLINE_EXCEEDED(
            "ProgressDeadlineExceeded",
            on(WORKLOAD_AVAILABLE, "no progress, and no pod reports a cause", "`kubectl describe pod`")),

    ISSUED("Issued", on(CERTIFICATE_READY, "cert-manager issued the certificate", "nothing to do")),
    PROVIDED("Provided", on(CERTIFICATE_READY, "`tls.secretName` holds a valid certificate", "nothing to do")),
    ISSUING(
            "Issuing",
            on(
                    CERTIFICATE_READY,
                    "cert-manager is issuing the certificate",
                    "wait; if it does not finish, `kubectl describe certificate,order,challenge`")),
    CERT_MANAGER_NOT_INSTALLED(
            "CertManagerNotInstalled",
            on(
                    CERTIFICATE_READY,
                    "`tls.issuerRef` is set and the cluster has no cert-manager",
                    "install it, or provide a certificate in `tls.secretName`")),
    ISSUER_NOT_FOUND(
            "IssuerNotFound",
            on(CERTIFICATE_READY, "the issuer does not exist", "create it, or correct `tls.issuerRef`")),
    ISSUER_NOT_READY(
            "IssuerNotReady",
            on(
                    CERTIFICATE_READY,
                    "cert-manager cannot use the issuer; the message has the cause",
                    "correct the issuer; see the causes below")),
    CHALLENGE_FAILED(
            "ChallengeFailed",
            on(
                    CERTIFICATE_READY,
                    "the ACME server could not verify that a name is yours; the message has the cause",
                    "correct DNS, firewall or proxy; cert-manager tries again an hour after the first failure, `cmctl renew NAME` at once; see the causes below")),
    ORDER_FAILED(
            "OrderFailed",
            on(
                    CERTIFICATE_READY,
                    "the ACME server refuses the order, for example because its limit is reached",
                    "correct what the message names; see the causes below")),
    REQUEST_FAILED(
            "RequestFailed",
            on(
                    CERTIFICATE_READY,
                    "an issuer without ACME refuses the CertificateRequest, or a policy denies it",
                    "correct what the message names; see the causes below")),
    KEY_NOT_REPLACED(
            "KeyNotReplaced",
            on(
                    CERTIFICATE_READY,
                    "the certificate's Secret has a key of another kind, which cert-manager does not replace (its Event CannotRegenerateKey)",
                    "delete the Secret; until the new certificate is there, Traefik serves its default one")),
    EXPIRED(
            "Expired",
            on(
                    CERTIFICATE_READY,
                    "the certificate, or one of its issuer in the same file, has expired",
                    "`kubectl describe certificate`; replace a provided one")),
    CERTIFICATE_INVALID(
            "CertificateInvalid",
            on(
                    CERTIFICATE_READY,
                    "`tls.crt` has no PEM certificate (DER and PKCS#12 are not read), or one that is not valid yet; or `tls.crt` and `tls.key` are larger than 256 KiB; or somebody changed the Secret that cert-manager wrote",
                    "convert it as the message says, or replace it")),
    KEY_INVALID(
            "KeyInvalid",
            on(
                    CERTIFICATE_READY,
                    "`tls.key` is empty, encrypted, or no PEM private key that Traefik reads",
                    "convert or decrypt it as the message says, or replace it")),
    KEY_MISMATCH(
            "KeyMismatch",
            on(
                    CERTIFICATE_READY,
                    "`tls.key` does not belong to the first certificate in `tls.crt`",
                    "provide the key and the certificate of one request; the site's certificate comes first")),
    CHAIN_INCOMPLETE(
            "ChainIncomplete",
            on(
                    CERTIFICATE_READY,
                    "`tls.crt` has only the site's certificate and not that of its issuer, which clients need and few fetch",
                    "append the issuer's certificates; authorities call them chain, intermediate or bundle")),
    NAMES_NOT_COVERED(
            "NamesNotCovered",
            on(
                    CERTIFICATE_READY,
                    "the certificate does not cover host and all aliases",
                    "provide one that covers them; if cert-manager issued it, check what the issuer permits")),

    ROUTED(
            "Routed",
            on(
                    ROUTE_READY,
                    "the site answers through the ingress controller; if the operator does not ask it, the Ingresses have an address",
                    "nothing to do")),
    PENDING(
            "Pending",
            on(
                    ROUTE_READY,
                    "the route waits for a valid certificate, until the ingress controller has loaded what the route refers to, for a pod, or for the site's first answer since a change; what was served is still served",
                    "wait a moment; the message says for what")),
    ADDRESS_PENDING(
            "AddressPending",
            on(
                    ROUTE_READY,
                    "the ingress controller has not written an address to an Ingress",
                    "check that it runs; on k3s, that `kubectl get service traefik -n kube-system` shows an EXTERNAL-IP")),
    UNREACHABLE(
            "Unreachable",
            on(
                    ROUTE_READY,
                    "the operator gets no answer from the ingress controller: its name does not resolve, it refuses connections, or it is silent",
                    "check that the ingress controller runs, the chart's `ingressController.service`, and NetworkPolicies and firewalls on the way; see below")),
    WRONG_CERTIFICATE(
            "WrongCertificate",
            on(
                    ROUTE_READY,
                    "the ingress controller presents another certificate than the site's, which the message names",
                    "check the ingress controller's log for the Secret; find other Ingresses and TLSStores with a certificate for the host")),
    UNTRUSTED_CERTIFICATE(
            "UntrustedCertificate",
            on(
                    ROUTE_READY,
                    "clients do not accept the issued certificate: neither `ca.crt` of its Secret nor the operator's CA bundle nor the system trusts its issuer",
                    "use an issuer that clients trust (not Let's Encrypt's staging environment), or set the chart's `ingressController.caConfigMap`")),
    WRONG_SITE(
            "WrongSite",
            on(
                    ROUTE_READY,
                    "something other than this environment answers at the host",
                    "find the other route of the host: `kubectl get ingress,ingressroute -A`")),
    UNEXPECTED_STATUS(
            "UnexpectedStatus",
            on(ROUTE_READY, "`/api/hello` answers with a status that is no success", "see the statuses below")),
    UNEXPECTED_ENDPOINT(
            "UnexpectedEndpoint",
            on(
                    ROUTE_READY,
                    "a pod that is not of the environment's Deployment has its labels, and gets a part of the requests",
                    "delete the pod, or remove its label `recordsponge.com/environment`")),
    INGRESS_CLASS_NOT_FOUND(
            "IngressClassNotFound",
            on(
                    ROUTE_READY,
                    "the IngressClass does not exist",
                    "install its ingress controller, or set `ingress.className`")),
    MIDDLEWARE_UNSUPPORTED(
            "MiddlewareUnsupported",
            on(
                    ROUTE_READY,
                    "`aliases`, `hsts`, `basicAuth` or `timeout` is set without Traefik and its CRDs",
                    "install them, or remove the field; until then no other route begins")),
    HOST_CONFLICT(
            "HostConflict",
            on(
                    ROUTE_READY,
                    "another environment uses `host` or one of `aliases`; the message names it",
                    "change the name in one of the two environments, or delete one; see below"),
            on(
                    CERTIFICATE_READY,
                    "another environment uses the host, and the challenges for it would use up the issuer's rate limits; or it serves or owns another name of the provided certificate, or the chart's value `hosts` keeps that name for other namespaces: the ingress controller would serve the certificate there, too",
                    "see RouteReady; provide a certificate without that name")),

    HOST_NOT_ALLOWED(
            "HostNotAllowed",
            on(
                    ROUTE_READY,
                    "the operator's chart value `hosts` gives `host` or one of `aliases` only to other namespaces; the message names them",
                    "request another name, or add the namespace to the rule; what already runs goes on"),
            on(
                    CERTIFICATE_READY,
                    "the operator's chart value `hosts` gives the host only to other namespaces",
                    "see RouteReady")),

    SECRET_NOT_FOUND(
            "SecretNotFound",
            on(
                    DATABASE_READY,
                    "`credentialsSecretRef` or `caSecretRef` names a Secret that does not exist",
                    "create it; the operator notices at once. Pods that have a copy of its content continue with that"),
            on(
                    WORKLOAD_AVAILABLE,
                    "`sessionKeySecretRef` or `envFrom` names a Secret that does not exist",
                    "create it; the operator notices at once. Pods that have a copy of its content continue with that"),
            on(CERTIFICATE_READY, "the Secret of `tls.secretName` does not exist", "`kubectl create secret tls`"),
            on(
                    ROUTE_READY,
                    "a Secret of `ingress.basicAuth` does not exist",
                    "create it; `htpasswd -nB NAME` prints a line. Until then its last valid users have access")),
    CONFIG_MAP_NOT_FOUND(
            "ConfigMapNotFound",
            on(
                    WORKLOAD_AVAILABLE,
                    "`envFrom` names a ConfigMap that does not exist",
                    "create it; the operator notices at once. Pods that have a copy of its content continue with that"),
            on(DEVELOPMENT_READY, "the ConfigMap of `dev.frontend.caConfigMapRef` does not exist", "create it")),
    CONFIG_MAP_INCOMPLETE(
            "ConfigMapIncomplete",
            on(
                    DEVELOPMENT_READY,
                    "the ConfigMap of `dev.frontend.caConfigMapRef` lacks the key `ca.crt`",
                    "add the key")),
    CONFIG_MAP_INVALID(
            "ConfigMapInvalid",
            on(
                    WORKLOAD_AVAILABLE,
                    "a key of a ConfigMap of `envFrom` contains a NUL character or is longer than 127 KiB, so that no environment variable can hold it; or the sources of `envFrom` together are larger than 256 KiB",
                    "correct the key, or move it to a ConfigMap that `envFrom` does not name"),
            on(
                    DEVELOPMENT_READY,
                    "`ca.crt` in the ConfigMap of `dev.frontend.caConfigMapRef` is longer than 256 KiB",
                    "keep only the certificates that npm needs")),
    SECRET_INCOMPLETE(
            "SecretIncomplete",
            on(DATABASE_READY, "the Secret lacks `username`, `password` or the CA's key", "add the key"),
            on(WORKLOAD_AVAILABLE, "the Secret lacks the key of `sessionKeySecretRef`", "add the key"),
            on(CERTIFICATE_READY, "the Secret lacks `tls.crt` or `tls.key`", "`kubectl create secret tls`"),
            on(
                    ROUTE_READY,
                    "a Secret of `ingress.basicAuth` lacks the key `users`",
                    "add htpasswd lines under it. Until then its last valid users have access")),
    SECRET_INVALID(
            "SecretInvalid",
            on(
                    DATABASE_READY,
                    "`username` or `password` is not one line of UTF-8 text, or is too long: more than 63 bytes or 32 KiB, respectively; or the CA certificates of `caSecretRef` are larger than 256 KiB",
                    "correct it; `echo` appends a line break, `printf` does not"),
            on(
                    WORKLOAD_AVAILABLE,
                    "the key of `sessionKeySecretRef`, or a key of a Secret of `envFrom`, is not UTF-8 text, contains a NUL character or is longer than 127 KiB, so that no environment variable can hold it; or the sources of `envFrom` together are larger than 256 KiB",
                    "correct the key, or move it to a Secret that `envFrom` does not name"),
            on(
                    ROUTE_READY,
                    "Traefik cannot use the Secret, or a line of it: it has no lines, more than 256 KiB, a line that is not `name:hash`, or a password in plain text or hashed as `$6$`, `$5$` or `$y$`",
                    "correct the line that the message names; `htpasswd -nB NAME` prints one; comments are not allowed. Until then each user without a valid line keeps the last valid one")),

    CONFLICTING_OBJECT(
            "ConflictingObject",
            everywhere(
                    "an object with a name that the environment needs exists and does not belong to it",
                    "delete it, or create the environment under another name; the operator checks again every 15 s")),
    APPLY_FAILED(
            "ApplyFailed",
            everywhere("the API server refuses an object", "the message is the API server's; correct what it names")),
    FIELD_CONFLICT(
            "FieldConflict",
            everywhere(
                    "somebody changes a field again and again that the operator puts back; the message names the field and its field manager",
                    "stop what changes it, such as a HorizontalPodAutoscaler, then edit the environment; the operator tries again after an hour")),
    UNKNOWN_VALUE(
            "UnknownValue",
            everywhere(
                    "the spec has a value that this version of the operator does not know; the operator changes nothing",
                    "upgrade the operator, or correct the value"));

    private final String text;
    private final List<Explanation> explanations;

    Reason(String text, Explanation... explanations) {
        this.text = text;
        this.explanations = List.of(explanations);
    }

    /**
     * What a reason means in one condition.
     *
     * @param condition null for a reason that every component's condition can have
     * @param cause in Markdown
     * @param remedy in Markdown
     */
    public record Explanation(ConditionType condition, String cause, String remedy) {}

    /** In docs/conditions.md's order. */
    public List<Explanation> explanations() {
        return explanations;
    }

    /** The reason that a condition's {@code reason} names. */
    public static Optional<Reason> of(String text) {
        return Arrays.stream(values())
                .filter(reason -> reason.text.equals(text))
                .findFirst();
    }

    /** The condition's {@code reason}. */
    @Override
    public String toString() {
        return text;
    }

    private static Explanation on(ConditionType condition, String cause, String remedy) {
        return new Explanation(condition, cause, remedy);
    }

    private static Explanation everywhere(String cause, String remedy) {
        return new Explanation(null, cause, remedy);
    }

    private static Explanation stillStopping(ConditionType condition) {
        return on(
                condition,
                "the environment is suspended, but a pod still runs and can write to the database",
                "wait for reason Suspended before you restore a dump; it takes up to 6 minutes unless the message names another cause");
    }

    private static Explanation kubelet() {
        return on(
                WORKLOAD_AVAILABLE,
                "the kubelet cannot start the container",
                "the message is the kubelet's; see the causes below");
    }
}
