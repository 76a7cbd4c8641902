package com.recordsponge.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UniqueNameTest {
    @Test
    void joinedWithItsNamespaceItIsNoOtherEnvironmentsName() {
        var one = "bug-01-" + UniqueName.of("bug-01", "a-site", "", "");
        var other = "bug-01-a-" + UniqueName.of("bug-01-a", "site", "", "");

        assertThat(one.substring(0, one.length() - 8)).isEqualTo(other.substring(0, other.length() - 8));
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void suffixAndVersionDistinguishObjectsOfOneEnvironment() {
        assertThat(UniqueName.of("ns", "site", "-auth", "/a/"))
                .isNotEqualTo(UniqueName.of("ns", "site", "-auth", "/b/"))
                .matches("site-auth-[0-9a-f]{8}")
                .isEqualTo(UniqueName.of("ns", "site", "-auth", "/a/"));
    }

    @Test
    void theLongestEnvironmentNameStillFitsIntoAServiceName() {
        assertThat(UniqueName.of("ns", "s".repeat(50), "", "")).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void versionsAreRecognizedByTheirSuffix() {
        var name = UniqueName.of("ns", "site", "-database", "1");

        assertThat(UniqueName.isVersion(name, "site", "-database")).isTrue();
        assertThat(UniqueName.isVersion(name, "site", "-db")).isFalse();
        assertThat(UniqueName.isVersion(name, "site", "")).isFalse();
        assertThat(UniqueName.isVersion("site-database", "site", "-database")).isFalse();
    }
}
