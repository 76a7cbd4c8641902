package com.recordsponge.operator.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.SiteAnswer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What counts as a failed request while a site changes. */
class ExpectationTest {

    private static final String LOCKED =
            "{host: a.test, tls: {}, ingress: {basicAuth: [{path: /access/}]}, database: {}}";
    private static final Visit PAGE = Visit.of("https", "a.test", Visit.PAGE);
    private static final Visit ACCESS = Visit.of("https", "a.test", "/access/");

    private static TestAuthority authority;
    private static X509Certificate good;
    private static X509Certificate other;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority();
        good = issued(authority);
        other = issued(new TestAuthority());
    }

    private static X509Certificate issued(TestAuthority by) throws Exception {
        var pem = by.issue(List.of("a.test", "b.test")).get("tls.crt");
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem.getBytes()));
    }

    @Test
    void anOpenPathIsAlwaysAFault() {
        var suspended = interrupted(LOCKED);
        assertThat(expectation(form(LOCKED), suspended).begin(ACCESS).flaw(answer(200, good)))
                .hasValueSatisfying(flaw -> assertThat(flaw).startsWith("open without a password"));
        var arriving = form(LOCKED.replace("a.test", "b.test"));
        assertThat(expectation(form(LOCKED), arriving)
                        .begin(Visit.of("https", "b.test", "/access/"))
                        .flaw(answer(200, good)))
                .isPresent();
    }

    @Test
    void aPathThatLosesItsProtectionMayBeOpen() {
        var open = form("{host: a.test, tls: {}}");
        assertThat(expectation(form(LOCKED), open).begin(ACCESS).flaw(answer(200, good)))
                .isEmpty();
        assertThat(expectation(form(LOCKED), open).begin(ACCESS).flaw(answer(401, good)))
                .isEmpty();
        assertThat(expectation(form(LOCKED), open).begin(ACCESS).flaw(answer(404, good)))
                .isPresent();
    }

    @Test
    void anotherCertificateIsAFaultWhateverTheStatus() {
        assertThat(expectation(form(LOCKED), form(LOCKED)).begin(PAGE).flaw(answer(200, other)))
                .isPresent();
    }

    @Test
    void theOldHostMustAnswerUntilTheNewOneHas() {
        var moved = form(LOCKED.replace("a.test", "b.test"));
        var expectation = expectation(form(LOCKED), moved);
        var newPage = Visit.of("https", "b.test", Visit.PAGE);
        assertThat(expectation.begin(newPage).flaw(answer(404, good))).isEmpty();
        assertThat(expectation.begin(PAGE).flaw(answer(404, good))).isPresent();
        assertThat(expectation.begin(newPage).flaw(answer(200, good))).isEmpty();
        assertThat(expectation.begin(PAGE).flaw(answer(404, good))).isEmpty();
        assertThat(expectation.begin(newPage).flaw(answer(404, good))).isPresent();
    }

    @Test
    void theOldAddressRedirectsOnlyOnceTheNewFormHasAnswered() {
        for (var from : List.of("{host: a.test}", "{host: b.test, tls: {}}")) {
            var old = form(from);
            var moved = form("{host: a.test, aliases: [b.test], tls: {}}");
            var early = expectation(old, moved);
            var redirected = early.begin(old.page());
            assertThat(redirected.flaw(answer(301, good))).isPresent();
            assertThat(early.begin(moved.page()).flaw(answer(200, good))).isEmpty();
            assertThat(redirected.flaw("301")).as("asked again").isEmpty();
            assertThat(early.begin(old.page()).flaw(answer(301, good))).isEmpty();
            assertThat(early.begin(old.page()).flaw(answer(404, good))).isPresent();
        }
    }

    @Test
    void whatBothFormsRedirectMayBeRedirectedAtAnyTime() {
        var moved = expectation(form("{host: a.test, tls: {}}"), form("{host: c.test, aliases: [a.test], tls: {}}"));
        assertThat(moved.begin(Visit.of("http", "a.test", "/")).flaw(answer(301, good)))
                .isEmpty();
    }

    @Test
    void aRequestFromBeforeTheNewFormAnsweredMayFailAfterwards() {
        var newPage = Visit.of("https", "b.test", Visit.PAGE);
        var expectation = expectation(form(LOCKED), form(LOCKED.replace("a.test", "b.test")));
        var early = expectation.begin(newPage);
        expectation.begin(newPage).flaw(answer(200, good));
        assertThat(early.flaw(answer(200, other))).isEmpty();
        assertThat(expectation.begin(newPage).flaw(answer(200, other))).isPresent();
    }

    @Test
    void anInterruptionThatTheChangeAsksForIsNoFault() {
        var suspended = interrupted(LOCKED);
        assertThat(expectation(form(LOCKED), suspended).begin(PAGE).flaw(answer(503, good)))
                .isEmpty();
        assertThat(expectation(form(LOCKED), form(LOCKED)).begin(PAGE).flaw(answer(503, good)))
                .isPresent();
    }

    @Test
    void aSiteHasArrivedOnceEveryRequestWasAnswered() {
        var form = form("{host: a.test}");
        var expectation = expectation(form, form);
        assertThat(expectation.hasArrived()).isFalse();
        form.visits()
                .forEach(visit -> expectation.begin(visit).flaw(new SiteAnswer(200, List.of(), "", Optional.empty())));
        assertThat(expectation.hasArrived()).isTrue();
    }

    private static Expectation expectation(SiteForm from, SiteForm to) {
        return new Expectation(from, to, new CertificateCheck(authority.certificate()));
    }

    private static SiteForm form(String spec) {
        return SiteForm.of(spec(spec), false);
    }

    private static SiteForm interrupted(String spec) {
        return SiteForm.of(spec(spec), true);
    }

    @SuppressWarnings("unchecked")
    private static Spec spec(String yaml) {
        return new Spec(Serialization.unmarshal("---\n" + yaml, LinkedHashMap.class));
    }

    private static SiteAnswer answer(int status, X509Certificate certificate) {
        return new SiteAnswer(status, List.of(), "", Optional.of(certificate));
    }
}
