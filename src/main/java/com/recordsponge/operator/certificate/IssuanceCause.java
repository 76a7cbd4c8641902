package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.certificate.IssuanceCause.Source.CHALLENGE;
import static com.recordsponge.operator.certificate.IssuanceCause.Source.ISSUER;
import static com.recordsponge.operator.certificate.IssuanceCause.Source.ORDER;
import static com.recordsponge.operator.certificate.IssuanceCause.Source.REQUEST;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Why cert-manager does not issue a certificate: what its objects say, what that means, and what to do. The first row whose
 * pattern is found in an object's text explains it; the last row of a source explains what no other does. The example of a
 * row is what cert-manager 1.11 writes. docs/conditions.md prints the rows, and a test checks each with its example.
 */
public enum IssuanceCause {
    ACME_CONTACT(
            ISSUER,
            "error:(invalidContact|invalidEmail|unsupportedContact)",
            "the ACME server does not accept the e-mail address",
            "correct `spec.acme.email` of the issuer",
            "Failed to register ACME account: 400 urn:ietf:params:acme:error:invalidContact: Error validating contact(s) :: contact email has forbidden domain \"example.com\""),
    ACME_ACCOUNT_BINDING(
            ISSUER,
            "error:externalAccountRequired|External Account Binding|external account binding",
            "the ACME server requires an external account binding that cert-manager cannot read",
            "check `spec.acme.externalAccountBinding` of the issuer and its Secret",
            "failed to get External Account Binding key from secret: secret \"eab\" not found"),
    ACME_ACCOUNT_KEY(
            ISSUER,
            "Account private key is invalid|is not of type RSA|error:accountDoesNotExist|disableAccountKeyGeneration",
            "the key of the ACME account cannot be used",
            "delete the Secret of `spec.acme.privateKeySecretRef`; cert-manager registers a new account",
            "ACME private key in \"letsencrypt\" is not of type RSA"),
    ACME_SERVER_UNTRUSTED(
            ISSUER,
            "x509: |certificate signed by unknown authority|tls: ",
            "cert-manager does not trust the ACME server's certificate",
            "correct `spec.acme.server`, or set `spec.acme.caBundle` for a private server",
            "Failed to register ACME account: Get \"https://acme.internal/directory\": tls: failed to verify certificate: x509: certificate signed by unknown authority"),
    ACME_SERVER_UNREACHABLE(
            ISSUER,
            "no such host|connection refused|i/o timeout|deadline exceeded|network is unreachable|Failed to parse existing ACME server URI",
            "cert-manager cannot reach the ACME server",
            "correct `spec.acme.server`, or open DNS and port 443 for the pods of cert-manager",
            "Failed to register ACME account: Get \"https://acme-v02.api.letsencrypt.org/directory\": dial tcp: lookup acme-v02.api.letsencrypt.org on 10.43.0.10:53: no such host"),
    CA_SECRET(
            ISSUER,
            "Error getting keypair for CA issuer",
            "the issuer's own certificate or key cannot be used",
            "correct the Secret of `spec.ca.secretName`; for a ClusterIssuer it is in cert-manager's namespace",
            "Error getting keypair for CA issuer: secret \"root\" not found"),
    VAULT(
            ISSUER,
            "[Vv]ault",
            "the issuer's Vault refuses cert-manager or does not answer",
            "check `spec.vault` of the issuer, and that the Vault is unsealed",
            "Vault is not initialized or is sealed"),
    OTHER_OF_ISSUER(
            ISSUER,
            "",
            "cert-manager cannot use the issuer",
            "correct what the message names; `kubectl describe clusterissuer,issuer` has all of it",
            "Failed to setup Venafi issuer: error pinging Venafi API: 401 Unauthorized"),

    CAA_FORBIDS(
            CHALLENGE,
            "error:caa|CAA record|CAA self-check",
            "a CAA record of the domain forbids this authority",
            "add the authority to the domain's CAA record, or remove that record",
            "Error accepting authorization: acme: authorization error for dev.recordsponge.com: 403 urn:ietf:params:acme:error:caa: CAA record for dev.recordsponge.com prevents issuance"),
    NAME_NOT_RESOLVED(
            CHALLENGE,
            "error:dns|NXDOMAIN|SERVFAIL|no such host|could not resolve|no valid A records|server misbehaving",
            "the name does not resolve",
            "create an A or AAAA record of the name with the address of the ingress controller",
            "Error accepting authorization: acme: authorization error for dev.recordsponge.com: 400 urn:ietf:params:acme:error:dns: DNS problem: NXDOMAIN looking up A for dev.recordsponge.com - check that a DNS record exists for this domain"),
    PORT_80_CLOSED(
            CHALLENGE,
            "error:connection|[Cc]onnection refused|[Tt]imeout|deadline exceeded|no route to host|connection reset",
            "nothing answers on port 80 of the address that the name has in DNS",
            "point the A and AAAA records to the ingress controller, and open port 80 in the firewall",
            "Error accepting authorization: acme: authorization error for dev.recordsponge.com: 400 urn:ietf:params:acme:error:connection: 192.0.2.7: Fetching http://dev.recordsponge.com/.well-known/acme-challenge/ZSy: Connection refused"),
    TLS_REDIRECT(
            CHALLENGE,
            "error:tls|x509: |tls: ",
            "port 80 redirects the challenge to a TLS server without a valid certificate",
            "let port 80 answer `/.well-known/acme-challenge/` itself; no proxy before the cluster may redirect it",
            "Error accepting authorization: acme: authorization error for dev.recordsponge.com: 400 urn:ietf:params:acme:error:tls: Fetching https://dev.recordsponge.com/.well-known/acme-challenge/ZSy: remote error: tls: handshake failure"),
    OTHER_SERVER(
            CHALLENGE,
            "error:unauthorized|error:incorrectResponse|wrong status code|did not get expected response|[Ii]nvalid response",
            "another server answers at the name's address",
            "point the A and AAAA records to the ingress controller; stop the server that has port 80 now, such as nginx on the host",
            "Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'"),
    SOLVER_REFUSED(
            CHALLENGE,
            "forbidden|exceeded quota|admission webhook|denied the request",
            "the cluster refuses the pod, Service or Ingress that cert-manager creates to answer the challenge",
            "permit objects with the label `acme.cert-manager.io/http01-solver: \"true\"` in the namespace",
            "pods \"cm-acme-http-solver-x\" is forbidden: exceeded quota: pods, requested: pods=1, used: pods=9, limited: pods=9"),
    NO_SOLVER(
            CHALLENGE,
            "no solver|solver",
            "the issuer has no working solver for this name",
            "check `spec.acme.solvers` of the issuer",
            "couldn't Present challenge recordsponge/staging-x: no Ingress nor Gateway HTTP01 solvers were specified"),
    OTHER_OF_CHALLENGE(
            CHALLENGE,
            "",
            "the authority could not verify that the name is yours",
            "correct what the message names; `kubectl describe challenge` has all of it",
            "Error accepting challenge: 500 urn:ietf:params:acme:error:serverInternal: try again"),

    RATE_LIMITED(
            ORDER,
            "error:rateLimited|too many ",
            "the authority's limit is reached",
            "wait until the time that the message names; for tests use the authority's staging server",
            "Failed to create Order: 429 urn:ietf:params:acme:error:rateLimited: too many certificates (5) already issued for this exact set of identifiers in the last 168h0m0s, retry after 2026-01-02 03:04:05 UTC"),
    NAME_REJECTED(
            ORDER,
            "error:rejectedIdentifier|error:unsupportedIdentifier|does not end with a valid public suffix|Cannot issue for",
            "the authority does not issue certificates for this name",
            "set a public name in `spec.host` and `spec.aliases`, or use an issuer of your own",
            "Failed to create Order: 400 urn:ietf:params:acme:error:rejectedIdentifier: Cannot issue for \"dev.recordsponge.localhost\": Domain name does not end with a valid public suffix (TLD)"),
    NO_SOLVER_FOR_NAME(
            ORDER,
            "^$|no configured challenge solvers",
            "the issuer has no solver for one of the names",
            "check `spec.acme.solvers` of the issuer and their selectors; cert-manager writes an Event to the Order",
            "Failed to determine a valid solver configuration for the set of domains on the Order: no configured challenge solvers can be used for this challenge"),
    OTHER_OF_ORDER(
            ORDER,
            "",
            "the authority refuses the order",
            "correct what the message names; `kubectl describe order` has all of it",
            "Failed to finalize Order: 403 urn:ietf:params:acme:error:unauthorized: Error finalizing order"),

    REQUEST_DENIED(
            REQUEST,
            "denied by an approval controller",
            "a policy of the cluster denies the request",
            "ask the administrators of cert-manager to approve it",
            "The CertificateRequest was denied by an approval controller"),
    OTHER_OF_REQUEST(
            REQUEST,
            "",
            "the issuer refuses the request",
            "correct what the message names; `kubectl describe certificaterequest` has all of it",
            "Referenced secret recordsponge/staging-x not found: secret \"staging-x\" not found");

    private final Source source;
    private final Pattern pattern;
    private final String cause;
    private final String remedy;
    private final String example;

    IssuanceCause(Source source, String pattern, String cause, String remedy, String example) {
        this.source = source;
        this.pattern = Pattern.compile(pattern);
        this.cause = cause;
        this.remedy = remedy;
        this.example = example;
    }

    /** The object that has the text. */
    public enum Source {
        ISSUER,
        CHALLENGE,
        ORDER,
        REQUEST;

        @Override
        public String toString() {
            return this == REQUEST
                    ? "CertificateRequest"
                    : name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    /** What explains the text of an object. */
    static IssuanceCause of(Source source, String text) {
        return Arrays.stream(values())
                .filter(row -> row.source == source && row.pattern.matcher(text).find())
                .findFirst()
                .orElseThrow();
    }

    public Source source() {
        return source;
    }

    /** In Markdown, to be read after a colon. */
    public String cause() {
        return cause;
    }

    /** In Markdown. */
    public String remedy() {
        return remedy;
    }

    /** A text that this row explains, as cert-manager writes it. */
    public String example() {
        return example;
    }

    /**
     * For a message: cause, remedy, and the other side's words.
     *
     * @param text can be empty
     */
    String sentence(String text) {
        var words = text.isBlank() ? "" : " cert-manager: " + ForeignText.shorten(text);
        return "%s; %s.%s".formatted(cause, remedy, words).replace("`", "");
    }
}
