package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.e2e.LeakReport.Surface;
import com.recordsponge.operator.support.SecretSearch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeakReportTest {

    private static final String PASSWORD = "3fa85f6457174562b3fc2c963f66afa6";

    private final SecretSearch search = new SecretSearch();
    private final LeakReport leaks = new LeakReport(search);

    @BeforeEach
    void searchForThePassword() {
        search.add("password", PASSWORD);
    }

    @Test
    void aLeakIsReportedBySourceWithoutItsValue() {
        leaks.scan(Surface.EVENTS, "kubectl get events", "refused: " + PASSWORD, "refused");

        assertThatThrownBy(() -> leaks.assertNoLeaks(Surface.EVENTS))
                .hasMessageContaining("password in plain: kubectl get events")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void aSearchedSurfaceWithoutSecretsPasses() {
        leaks.scan(Surface.HTTP, "/q/metrics", "up 1", "up");

        assertThatCode(() -> leaks.assertNoLeaks(Surface.HTTP)).doesNotThrowAnyException();
    }

    @Test
    void anUnsearchedSurfaceFails() {
        assertThatThrownBy(() -> leaks.assertNoLeaks(Surface.PROCESSES)).hasMessageContaining("texts of PROCESSES");
    }

    @Test
    void anUnexpectedTextIsReportedWithoutItsContent() {
        assertThatThrownBy(() -> leaks.scan(Surface.HTTP, "/q/metrics", "error: " + PASSWORD, "recordsponge"))
                .hasMessageContaining("/q/metrics contains recordsponge")
                .hasMessageNotContaining(PASSWORD);
    }
}
