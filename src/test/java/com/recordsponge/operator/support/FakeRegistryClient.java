package com.recordsponge.operator.support;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.Answer;
import com.recordsponge.operator.registry.Question;
import com.recordsponge.operator.registry.RegistryClient;
import com.recordsponge.operator.registry.Reply;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks no registry: has every image, under the digest that a test sets for it or one of its own. */
@Mock
@Singleton
public class FakeRegistryClient implements RegistryClient {

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** The digest of an image that no test has pushed. */
    public static String digest(String image) {
        return "sha256:%064x".formatted(image.hashCode() & 0xffffffffL);
    }

    /** Lets a tag name a digest. */
    public void push(String image, String digest) {
        answers.put(image, Answer.found(digest));
    }

    /** Lets questions for an image fail. */
    public void refuse(String image, Reason reason) {
        answers.put(image, Answer.failure(reason, "Registry scripted refuses."));
    }

    @Override
    public Reply ask(Question question, Optional<Reply> last) {
        var image = question.image().toString();
        return Reply.of(answers.getOrDefault(image, Answer.found(digest(image))));
    }
}
