package com.recordsponge.operator.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.recordsponge.operator.registry.ImageReference;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The texts of a notification that can name an image. No format is required: registries send the repository, or a reference
 * with it, somewhere in a JSON document, and a wrong guess costs one question.
 *
 * @param texts all strings that can be a reference
 */
public record PushNotice(Set<String> texts) {

    private static final int MOST_TEXTS = 1000;
    private static final int LONGEST_TEXT = 512;

    /** Registries report pulls as well: the operator's own questions would come back. */
    static PushNotice of(JsonNode document) {
        var texts = new HashSet<String>();
        collect(document, texts);
        return new PushNotice(Set.copyOf(texts));
    }

    private static void collect(JsonNode node, Set<String> texts) {
        if (texts.size() >= MOST_TEXTS || "pull".equals(node.path("action").asText())) {
            return;
        }
        if (node.isTextual() && node.textValue().length() <= LONGEST_TEXT) {
            texts.add(node.textValue());
        }
        node.forEach(child -> collect(child, texts));
    }

    /** Whether an image can have been pushed: the notice has its repository, alone or in a reference without another tag. */
    boolean canConcern(ImageReference image) {
        var reference = reference(image.repository(), image.tagOrDigest());
        return texts.stream().anyMatch(text -> reference.matcher(text).find());
    }

    /** The host of a reference can have the repository's name in it. */
    private static Pattern reference(String repository, String tag) {
        return Pattern.compile("(?<=^|/)" + Pattern.quote(repository) + "(?=$|@|:" + Pattern.quote(tag) + "($|@))");
    }
}
