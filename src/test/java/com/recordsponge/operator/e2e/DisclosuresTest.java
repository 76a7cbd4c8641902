package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.e2e.Disclosures.Place;
import com.recordsponge.operator.support.SecretSearch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisclosuresTest {

    private static final String PASSWORD = "3fa85f6457174562b3fc2c963f66afa6";

    private final SecretSearch search = new SecretSearch();
    private final Disclosures disclosures = new Disclosures(search);

    @BeforeEach
    void lookForThePassword() {
        search.add("password", PASSWORD);
    }

    @Test
    void aLeakIsToldByKindAndPlaceAndNeverRepeated() {
        disclosures.look(Place.EVENTS, "kubectl get events", "refused: " + PASSWORD, "refused");

        assertThatThrownBy(() -> disclosures.assertNone(Place.EVENTS))
                .hasMessageContaining("password in plain: kubectl get events")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void aPlaceThatWasLookedAtAndHoldsNothingIsClean() {
        disclosures.look(Place.HTTP, "/q/metrics", "up 1", "up");

        assertThatCode(() -> disclosures.assertNone(Place.HTTP)).doesNotThrowAnyException();
    }

    @Test
    void aPlaceThatNobodyLookedAtIsNotClean() {
        assertThatThrownBy(() -> disclosures.assertNone(Place.PROCESSES)).hasMessageContaining("texts of PROCESSES");
    }

    @Test
    void aTextThatIsNotTheRightOneIsNotRepeatedEither() {
        assertThatThrownBy(() -> disclosures.look(Place.HTTP, "/q/metrics", "error: " + PASSWORD, "recordsponge"))
                .hasMessageContaining("/q/metrics tells of recordsponge")
                .hasMessageNotContaining(PASSWORD);
    }
}
