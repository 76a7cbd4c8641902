package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.IngressSpec;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Digest;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.SecretData;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The users of a protected path. Traefik reads a copy of their lines, which is a version: what is wrong with their Secret
 * does not reach visitors, except that who is removed from it has no access.
 *
 * @param copy the Secret that Traefik reads; empty if nobody has access, since no user ever had a valid line or all were
 *     removed
 * @param lines what the copy holds; empty while it remains as it is, because there are no present users to read
 * @param flaw what is wrong with the present users
 */
record Users(String path, Optional<String> copy, Optional<Lines> lines, Optional<Flaw> flaw) {

    static final String SUFFIX = "-users";

    /**
     * What is wrong, and what to do.
     *
     * @param meanwhile who has access until then, if anybody has
     */
    record Flaw(Reason reason, String message, String meanwhile) {}

    /** Lines of htpasswd, never printed. */
    record Lines(byte[] content) {

        String encoded() {
            return Base64.getEncoder().encodeToString(content);
        }

        @Override
        public String toString() {
            return "(users)";
        }
    }

    /** @param last the copy that Traefik reads now */
    static Users of(IngressSpec.BasicAuth auth, PlanInput input, RouteNames names, Optional<String> last) {
        var source = input.secret(auth.secretRef().name());
        var data = input.data(source);
        return data.flatMap(values -> Optional.ofNullable(values.get(Htpasswd.KEY)))
                .map(Htpasswd::of)
                .map(present -> {
                    var lines = present.since(last.flatMap(copy -> copied(copy, input)))
                            .map(Lines::new);
                    var copy = lines.map(content -> names.version(
                            SUFFIX, Digest.of(Map.of("source", source.name(), Htpasswd.KEY, content.encoded()))));
                    return new Users(auth.path(), copy, lines, present.flaw().map(text -> flaw(source, text)));
                })
                .orElseGet(() ->
                        new Users(auth.path(), last, Optional.empty(), Optional.of(missing(source, data.isPresent()))));
    }

    private static Optional<Htpasswd> copied(String copy, PlanInput input) {
        return input.owned()
                .named(Secret.class, copy)
                .flatMap(
                        secret -> Optional.ofNullable(SecretData.decoded(secret).get(Htpasswd.KEY)))
                .map(Htpasswd::of);
    }

    private static Flaw flaw(Reference source, String text) {
        return new Flaw(
                Reason.SECRET_INVALID,
                "%s of ingress.basicAuth %s; correct it.".formatted(source, text),
                "Until then each user without a valid line keeps the last valid one; a removed user has no access.");
    }

    private static Flaw missing(Reference source, boolean exists) {
        var unchanged = "Until then its last valid users have access.";
        return exists
                ? new Flaw(
                        Reason.SECRET_INCOMPLETE,
                        "%s of ingress.basicAuth has no key users; add htpasswd lines under it.".formatted(source),
                        unchanged)
                : new Flaw(
                        Reason.SECRET_NOT_FOUND,
                        "%s of ingress.basicAuth does not exist; create it with htpasswd lines under the key users."
                                .formatted(source),
                        unchanged);
    }
}
