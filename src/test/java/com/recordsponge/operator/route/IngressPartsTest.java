package com.recordsponge.operator.route;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IngressPartsTest {

    /** Otherwise a protected path would be open, or plain HTTP redirected to where nothing answers, while they end. */
    @Test
    void ingressesEndInTheReverseOrder() {
        var plan = environment()
                .withTls()
                .with("aliases", "[www.recordsponge.test]")
                .with("ingress.basicAuth", "[{path: /access/, secretRef: {name: users}}]")
                .secret("users", Map.of("users", "a:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="))
                .plan()
                .get(RoutePlan.class);
        var applied = plan.parts(plan.wanted()).stream().map(IngressPart::name).toList();

        assertThat(applied).hasSize(5);
        assertThat(applied.stream().sorted(IngressParts.ending("staging")).toList())
                .isEqualTo(applied.reversed());
    }
}
