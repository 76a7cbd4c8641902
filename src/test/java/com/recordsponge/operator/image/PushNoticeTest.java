package com.recordsponge.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.recordsponge.operator.registry.ImageReference;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images a notification can concern, whatever its format. */
class PushNoticeTest {

    private static final String IMAGE = "recordsponge/app:staging";

    private static boolean concerns(String json, String image) {
        try {
            return PushNotice.of(new ObjectMapper().readTree(json)).canConcern(ImageReference.parse(image));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Of distribution, Docker Hub, GitHub's packages, and others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'events': [{'action': 'push', 'target': {'repository': 'recordsponge/app', 'tag': 'staging'}}]}",
                "{'push_data': {'tag': 'staging'}, 'repository': {'repo_name': 'recordsponge/app'}}",
                "{'registry_package': {'package_version': {'package_url': 'ghcr.io/recordsponge/app:staging'}}}",
                "{'image': 'registry.example.org:5000/recordsponge/app@sha256:12'}",
                "['recordsponge/app:staging@sha256:12']"
            })
    void aNoticeNamesTheRepository(String json) {
        assertThat(concerns(json.replace('\'', '"'), IMAGE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'image': 'recordsponge/app:prod'}",
                "{'image': 'recordsponge/app:staging-2'}",
                "{'image': 'recordsponge/apps'}",
                "{'image': 'other-recordsponge/app'}",
                "{'recordsponge/app': 1}",
                "{}",
                "null",
                "1"
            })
    void anotherImageIsNotConcerned(String json) {
        assertThat(concerns(json.replace('\'', '"'), IMAGE)).isFalse();
    }

    /** The operator's own questions would come back for ever. */
    @Test
    void aPullIsNoPush() {
        assertThat(concerns(
                        "{\"events\": [{\"action\": \"pull\", \"target\": {\"repository\": \"recordsponge/app\"}}]}",
                        IMAGE))
                .isFalse();
    }

    @Test
    void anOfficialImageHasItsFullName() {
        assertThat(concerns("{\"repo_name\": \"library/nginx\"}", "nginx:1")).isTrue();
    }

    @Test
    void aRegistryCanBeNamedAsItsRepository() {
        var image = ImageReference.parse("expungeservice.azurecr.io/expungeservice:prod");
        assertThat(concerns("{\"image\": \"%s\"}".formatted(image), image.toString()))
                .isTrue();
    }
}
