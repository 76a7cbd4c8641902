package com.recordsponge.operator.support;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.DigestQuery;
import com.recordsponge.operator.registry.RegistryClient;
import com.recordsponge.operator.registry.RegistryReply;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks no registry: has every image, under the digest that a test sets for it or one of its own. */
@Mock
@Singleton
public class FakeRegistryClient implements RegistryClient {

    private final Map<String, DigestAnswer> answers = new ConcurrentHashMap<>();

    /** The digest of an image that no test has pushed. */
    public static String digest(String image) {
        return "sha256:%064x".formatted(image.hashCode() & 0xffffffffL);
    }

    /** Lets a tag name a digest. */
    public void push(String image, String digest) {
        answers.put(image, DigestAnswer.found(digest));
    }

    /** Lets questions for an image fail. */
    public void refuse(String image, Reason reason) {
        answers.put(image, DigestAnswer.failure(reason, "Registry scripted refuses."));
    }

    @Override
    public RegistryReply ask(DigestQuery question, Optional<RegistryReply> last) {
        var image = question.image().toString();
        return RegistryReply.of(answers.getOrDefault(image, DigestAnswer.found(digest(image))));
    }
}
