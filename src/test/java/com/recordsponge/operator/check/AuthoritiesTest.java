package com.recordsponge.operator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.support.TestCertificate;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles of certificates as people and distributions write them: with comments, and with other blocks. */
class AuthoritiesTest {

    private static final String CERTIFICATE = TestCertificate.of("one.test").get("ca.crt");
    private static final String ANOTHER = TestCertificate.of("two.test").get("ca.crt");
    private static final String KEY = TestCertificate.of("one.test").get("tls.key");

    static final List<String> AROUND = List.of(
            "",
            "# GlobalSign Root CA\n",
            "NetLock Arany (Class Gold) Főtanúsítvány\n===================\n",
            "0 of these authorities are ours\n",
            "-----\n",
            " -----BEGIN CERTIFICATE-----\n",
            "-----BEGIN TRUSTED CERTIFICATE-----\nAAAA\n-----END TRUSTED CERTIFICATE-----\n",
            KEY,
            "\r\n\r\n");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("AROUND")
    void whateverIsAroundCertificatesIsSkipped(String around) throws GeneralSecurityException {
        assertThat(Authorities.of(around + CERTIFICATE + around + ANOTHER + around)
                        .size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"US-ASCII", "UTF-8", "ISO-8859-1", "windows-1252", "EUC-JP"})
    void aFilesCommentsCanBeInAnyEncoding(String encoding) throws IOException, GeneralSecurityException {
        var bundle = "# Főtanúsítvány – é 認証局\n" + CERTIFICATE;
        var file = Files.write(folder.resolve("ca.crt"), bundle.getBytes(Charset.forName(encoding)));
        assertThat(Authorities.of(Authorities.read(file)).size()).isEqualTo(1);
    }

    @Test
    void linesCanEndAsWindowsEndsThem() throws GeneralSecurityException {
        assertThat(Authorities.of((CERTIFICATE + ANOTHER).replace("\n", "\r\n")).size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----"})
    void textWithoutACertificateIsRefused(String text) {
        assertThatThrownBy(() -> Authorities.of(text)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aDamagedCertificateIsRefused() {
        var damaged = CERTIFICATE.replaceFirst("\nMII", "\nAII");
        assertThatThrownBy(() -> Authorities.of(ANOTHER + damaged)).isInstanceOf(GeneralSecurityException.class);
    }
}
