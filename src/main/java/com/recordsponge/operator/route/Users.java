package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.IngressSpec;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Digest;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.Reference;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The users of a protected path. Traefik reads a copy of their Secret, which is a version: what is wrong with the Secret
 * later does not reach visitors.
 *
 * @param copy the Secret that Traefik reads: of the present users or, if they are not valid, of the last ones that were;
 *     empty if none ever were
 * @param lines the present users, if they are valid
 * @param flaw what is wrong with the present users
 */
record Users(String path, Optional<String> copy, Optional<Lines> lines, Optional<Flaw> flaw) {

    static final String SUFFIX = "-users";

    /** What is wrong, and what to do. */
    record Flaw(Reason reason, String message) {}

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
        var flaw = flaw(source, input);
        var lines = flaw.isPresent()
                ? Optional.<Lines>empty()
                : input.data(source).map(data -> new Lines(data.get(Htpasswd.KEY)));
        var copy = lines.map(present ->
                names.version(SUFFIX, Digest.of(Map.of("source", source.name(), Htpasswd.KEY, present.encoded()))));
        return new Users(auth.path(), copy.or(() -> last), lines, flaw);
    }

    private static Optional<Flaw> flaw(Reference source, PlanInput input) {
        var data = input.data(source);
        if (data.isEmpty()) {
            return flaw(
                    Reason.SECRET_NOT_FOUND,
                    "%s of ingress.basicAuth does not exist; create it with htpasswd lines under the key users.",
                    source);
        }
        if (!data.get().containsKey(Htpasswd.KEY)) {
            return flaw(
                    Reason.SECRET_INCOMPLETE,
                    "%s of ingress.basicAuth has no key users; add htpasswd lines under it.",
                    source);
        }
        return Htpasswd.flaw(data.get())
                .flatMap(text -> flaw(Reason.SECRET_INVALID, "%s of ingress.basicAuth %s; correct it.", source, text));
    }

    private static Optional<Flaw> flaw(Reason reason, String message, Object... arguments) {
        return Optional.of(new Flaw(reason, message.formatted(arguments)));
    }
}
