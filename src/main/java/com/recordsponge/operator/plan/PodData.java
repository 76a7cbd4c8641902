package com.recordsponge.operator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.api.v1.Component;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What pods read from a Secret or ConfigMap of somebody else. They read it from a copy that never changes: each content
 * of the source has its own copy, and the copy of its last usable content outlives what happens to the source.
 *
 * @param source kind and name of the source, and its key if pods read only one
 * @param copy name of the copy, a Secret; empty if the source was never usable
 * @param content what the copy holds
 * @param flaw why the source is not usable now
 */
public record PodData(String source, Optional<String> copy, Map<String, byte[]> content, Optional<Blocker> flaw) {

    /** Annotation of a copy: its source. */
    public static final String SOURCE = "recordsponge.com/source";

    /** Suffix of the names of copies that the application's pods read. */
    public static final String SUFFIX = "-copy";

    /** Suffix of the names of copies that pods of other parts read, which do not wait for the application. */
    public static final String PART_SUFFIX = "-part-copy";

    /** By creation time, then by name. */
    public static final Comparator<Secret> OLDEST_FIRST = Comparator.<Secret, String>comparing(
                    secret -> secret.getMetadata().getCreationTimestamp(),
                    Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(secret -> secret.getMetadata().getName());

    /**
     * All data of a Secret or ConfigMap, as environment variables. Reads the data only if it has not been copied yet.
     *
     * @param component the component that waits for the source
     */
    public static PodData variables(PlanInput input, Component component, Reference source) {
        var known = input.digest(source)
                .map(digest -> name(input.namespace(), input.name(), suffix(component), describe(source), digest))
                .flatMap(name -> input.owned().named(Secret.class, name))
                .filter(input::owns);
        return known.map(copy -> ofCopy(describe(source), Optional.of(copy), Optional.empty()))
                .orElseGet(() -> read(input, component, source));
    }

    private static PodData read(PlanInput input, Component component, Reference source) {
        var data = input.data(source);
        var flaw = data.isEmpty()
                ? Optional.of(ReferencedValue.notFound(component, source))
                : data.get().entrySet().stream()
                        .flatMap(entry -> SecretText.flaw(entry.getValue())
                                .map(text -> "Key %s of %s %s; correct it.".formatted(entry.getKey(), source, text))
                                .stream())
                        .findFirst()
                        .or(() -> SecretData.flawOfSize(data.get())
                                .map(text -> "%s %s; shorten it.".formatted(source, text)))
                        .map(message -> invalid(component, source, message));
        return of(input, component, describe(source), flaw.isPresent() ? Optional.empty() : data, flaw);
    }

    /** What a component waits for while the data of a source cannot be used. */
    public static Blocker invalid(Component component, Reference source, String message) {
        return new Blocker(component, source.kind().invalid(), message);
    }

    /**
     * One key of a Secret or ConfigMap.
     *
     * @param flaw what is wrong with a value, phrased to follow its name; empty if nothing is
     */
    public static PodData key(
            PlanInput input,
            Component component,
            Reference source,
            String key,
            Function<byte[], Optional<String>> flaw) {
        return key(input, input.data(source), component, source, key, flaw);
    }

    /** The same for a Secret that the environment does not reference. */
    public static PodData key(
            PlanInput input,
            Optional<Map<String, byte[]>> data,
            Component component,
            Reference source,
            String key,
            Function<byte[], Optional<String>> flaw) {
        var value = ReferencedValue.read(data, component, source, key, flaw);
        var usable = data.filter(_ -> value.blocker().isEmpty()).map(all -> Map.of(key, all.get(key)));
        return of(input, component, describe(source) + "/" + key, usable, value.blocker());
    }

    /** A Secret or ConfigMap in {@link #SOURCE}. */
    public static String describe(Reference source) {
        return source.kind() + "/" + source.name();
    }

    private static PodData of(
            PlanInput input,
            Component component,
            String source,
            Optional<Map<String, byte[]>> usable,
            Optional<Blocker> flaw) {
        var suffix = suffix(component);
        return usable.map(content -> of(input.namespace(), input.name(), suffix, source, content))
                .orElseGet(() -> ofCopy(source, lastCopy(input, suffix, source), flaw));
    }

    private static String suffix(Component component) {
        return component == Component.DEVELOPMENT ? PART_SUFFIX : SUFFIX;
    }

    private static PodData ofCopy(String source, Optional<Secret> copy, Optional<Blocker> flaw) {
        return new PodData(
                source,
                copy.map(secret -> secret.getMetadata().getName()),
                copy.map(SecretData::decoded).orElse(Map.of()),
                flaw);
    }

    /** The data of a copy that pods use already; empty if it does not name its source. */
    public static Optional<PodData> ofCopy(Secret copy) {
        return source(copy).map(source -> ofCopy(source, Optional.of(copy), Optional.empty()));
    }

    /** The data of a usable source that the application's pods read. */
    public static PodData of(String namespace, String environment, String source, Map<String, byte[]> content) {
        return of(namespace, environment, SUFFIX, source, content);
    }

    private static PodData of(
            String namespace, String environment, String suffix, String source, Map<String, byte[]> content) {
        var name = name(namespace, environment, suffix, source, Digest.ofBytes(content));
        return new PodData(source, Optional.of(name), content, Optional.empty());
    }

    private static String name(String namespace, String environment, String suffix, String source, String digest) {
        return UniqueName.of(namespace, environment, suffix, source + " " + digest);
    }

    /** The copy that pods use, else the newest. */
    private static Optional<Secret> lastCopy(PlanInput input, String suffix, String source) {
        var used = SecretsInUse.of(input.name(), input.owned());
        return input.owned()
                .all(Secret.class)
                .filter(input::owns)
                .filter(secret -> UniqueName.isVersion(secret.getMetadata().getName(), input.name(), suffix))
                .filter(secret -> isCopyOf(source, secret))
                .max(Comparator.<Secret, Boolean>comparing(secret ->
                                used.template().contains(secret.getMetadata().getName()))
                        .thenComparing(secret -> used.named(secret.getMetadata().getName()))
                        .thenComparing(OLDEST_FIRST));
    }

    /** Whether pods read in a Secret of the operator what comes from a source. */
    public static boolean isCopyOf(Reference source, Secret copy) {
        return isCopyOf(describe(source), copy);
    }

    private static boolean isCopyOf(String source, Secret copy) {
        return source(copy).filter(source::equals).isPresent();
    }

    /** What a copy is of; empty for another Secret. */
    static Optional<String> source(Secret copy) {
        return Optional.ofNullable(copy.getMetadata().getAnnotations()).map(annotations -> annotations.get(SOURCE));
    }

    /** What the component waits for: a source that was never usable. */
    public Optional<Blocker> blocker() {
        return copy.isPresent() ? Optional.empty() : flaw;
    }

    /** What somebody should repair although pods continue with the copy. */
    public Optional<Blocker> warning() {
        return copy.flatMap(name -> flaw.map(found -> withCopy(found, name)));
    }

    /** A flaw of a source although pods continue with a copy of it. */
    public static Blocker withCopy(Blocker flaw, String copy) {
        return Blocker.partial(
                flaw.component(),
                flaw.reason(),
                "%s Pods use the copy of its last usable content, Secret %s.".formatted(flaw.message(), copy));
    }

    /** The same source, of which pods read nothing. */
    public PodData refused(Blocker reason) {
        return new PodData(source, Optional.empty(), Map.of(), Optional.of(reason));
    }

    /** The number of bytes that pods read. */
    public long size() {
        return content.values().stream().mapToLong(value -> value.length).sum();
    }

    /** The copy as the operator creates it; empty if the source was never usable. */
    public Optional<Secret> secret(EnvironmentPlan plan) {
        return copy.map(name -> new SecretBuilder()
                .withMetadata(plan.metadata(name))
                .editMetadata()
                .addToAnnotations(SOURCE, source)
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withData(content.isEmpty() ? null : SecretData.encoded(content))
                .build());
    }

    /** The value of the only key. */
    public String text() {
        return new String(content.values().iterator().next(), UTF_8);
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "PodData[" + source + "]";
    }
}
