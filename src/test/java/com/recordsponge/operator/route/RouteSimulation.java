package com.recordsponge.operator.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.certificate.CertificatePlan;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.SecretData;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The route's objects from reconciliation to reconciliation, with an ingress controller that admits every Ingress. Checks
 * after each what must always hold.
 */
final class RouteSimulation {

    private final Map<String, Ingress> ingresses = new TreeMap<>();
    private final Map<String, Middleware> middlewares = new TreeMap<>();
    private final Map<String, ServersTransport> transports = new TreeMap<>();
    private final Map<String, Secret> users = new TreeMap<>();
    private final Map<String, List<String>> certificates = new HashMap<>();
    private Service service;
    private boolean middlewaresRefused;

    /** From now on the API server refuses new Middlewares. */
    RouteSimulation refuseMiddlewares() {
        middlewaresRefused = true;
        return this;
    }

    /** Reconciles until nothing changes; the Secret of the certificate holds one for the names. */
    RouteSimulation reconcile(Supplier<EnvironmentFixture> site, String... certificateNames) {
        String before;
        do {
            before = objects().toString();
            step(site.get(), certificateNames);
        } while (!objects().toString().equals(before));
        return this;
    }

    private void step(EnvironmentFixture site, String... certificateNames) {
        if (certificateNames.length > 0) {
            site.certified(certificateNames);
            certificates.put(
                    site.plan().find(CertificatePlan.class).orElseThrow().secretName(),
                    Arrays.asList(certificateNames));
        }
        var plan = site.owns(objects()).plan();
        if (plan.blocked(Component.ROUTE)) {
            return;
        }
        var route = plan.get(RoutePlan.class);
        var loaded = Set.copyOf(middlewares.keySet());
        var served = sites(route.taken());
        var names = names(route.taken());
        service = Services.service(plan);
        users.keySet().removeIf(name -> !route.usedUsers().contains(name));
        UserSecrets.secrets(plan).forEach(copy -> users.putIfAbsent(name(copy), copy));
        renew(middlewares, middlewaresRefused ? List.of() : Middlewares.middlewares(plan), route.loaded());
        renew(transports, ServersTransports.serversTransports(plan), route.loaded());
        var required = Ingresses.ingresses(plan).stream()
                .collect(Collectors.toMap(RouteSimulation::name, ControllerWrites::admitted));
        ingresses.putAll(required);
        ingresses
                .values()
                .removeIf(ingress -> !required.containsKey(name(ingress))
                        && (!route.step().kept() || Ingresses.hosts(ingress).anyMatch(route.taken()::contains)));
        assertRefersOnlyToWhatIsThere(loaded);
        assertNeverWithoutASite(served);
        assertEveryNameStays(names, route.wanted());
        assertServesNoForeignName(route.taken());
        assertNoRedirectOfPlainHttp();
        assertProtected(plan);
    }

    private static <R extends HasMetadata> void renew(Map<String, R> existing, List<R> required, Loaded loaded) {
        existing.values()
                .removeIf(object -> !loaded.isInUse(object)
                        && required.stream().noneMatch(other -> name(other).equals(name(object))));
        required.forEach(object -> existing.putIfAbsent(name(object), object));
    }

    /** All objects that exist. */
    List<HasMetadata> objects() {
        var objects = new ArrayList<HasMetadata>(ingresses.values());
        objects.addAll(middlewares.values());
        objects.addAll(transports.values());
        objects.addAll(users.values());
        if (service != null) {
            objects.add(service);
        }
        objects.forEach(object -> object.getMetadata().setOwnerReferences(new ArrayList<>()));
        return objects;
    }

    private void assertRefersOnlyToWhatIsThere(Set<String> loaded) {
        middlewares.values().stream()
                .map(middleware -> (String) middleware.get("spec", "basicAuth", "secret"))
                .filter(Objects::nonNull)
                .forEach(copy -> assertThat(users).as("users").containsKey(copy));
        for (var ingress : ingresses.values()) {
            assertThat(references(ingress))
                    .as("Middlewares of %s", name(ingress))
                    .isSubsetOf(loaded)
                    .isSubsetOf(middlewares.keySet());
            ingress.getSpec().getTls().forEach(tls -> assertThat(certificates.get(tls.getSecretName()))
                    .as("names in the certificate of %s", name(ingress))
                    .isNotNull()
                    .containsAll(tls.getHosts()));
        }
    }

    /** Once a site is served, it is at one of the URLs at which it was before. */
    private void assertNeverWithoutASite(Set<String> served) {
        if (!served.isEmpty()) {
            assertThat(sites(Set.of())).as("URLs of the site").containsAnyElementsOf(served);
        }
    }

    /** A name that was served, and is still requested, is served: by the site, or with a redirect to it. */
    private void assertEveryNameStays(Set<String> served, SiteRoute wanted) {
        assertThat(names(Set.of()))
                .as("names")
                .containsAll(served.stream().filter(wanted.hosts()::contains).toList());
        assertThat(hosts(Set.of(), "aliases"))
                .as("redirects, whose routers win over that of the site")
                .filteredOn(hosts(Set.of(), "site")::contains)
                .isEmpty();
    }

    private void assertServesNoForeignName(Set<String> taken) {
        assertThat(ingresses.values().stream().flatMap(Ingresses::hosts))
                .as("names of other environments")
                .noneMatch(taken::contains);
    }

    /** Traefik prefers the redirect of another route to a site that is served over plain HTTP. */
    private void assertNoRedirectOfPlainHttp() {
        var sites = ingresses(Set.of(), "site")
                .filter(ingress -> ingress.getMetadata().getAnnotations().containsValue("web"))
                .flatMap(Ingresses::hosts)
                .toList();
        assertThat(hosts(Set.of(), "http"))
                .as("hosts that are redirected to HTTPS")
                .noneMatch(sites::contains);
    }

    /** The URLs of the site, without those of an Ingress that serves a name of another environment, which ends. */
    private Set<String> sites(Set<String> taken) {
        return ingresses(taken, "site")
                .flatMap(ingress -> Ingresses.hosts(ingress).map(host -> scheme(ingress) + "://" + host))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> names(Set<String> taken) {
        return hosts(taken, "site", "aliases");
    }

    private Set<String> hosts(Set<String> taken, String... kinds) {
        return ingresses(taken, kinds).flatMap(Ingresses::hosts).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Ingress> ingresses(Set<String> taken, String... kinds) {
        return ingresses.values().stream()
                .filter(ingress -> List.of(kinds).contains(kind(ingress)))
                .filter(ingress -> Ingresses.hosts(ingress).noneMatch(taken::contains));
    }

    private static String scheme(Ingress ingress) {
        return ingress.getSpec().getTls().isEmpty() ? "http" : "https";
    }

    /** Whatever is protected before and after a change is protected on every route meanwhile. */
    private void assertProtected(EnvironmentPlan plan) {
        var route = plan.get(RoutePlan.class);
        if (route.step().kept() || middlewaresRefused) {
            return;
        }
        for (var site : route.applied()) {
            assertThat(ingresses.keySet())
                    .as("protection of %s", site.form())
                    .containsAll(
                            route.parts(site).stream().map(IngressPart::name).toList());
        }
    }

    private static Stream<String> references(Ingress ingress) {
        return Stream.ofNullable(ingress.getMetadata().getAnnotations().get(Routers.MIDDLEWARES))
                .flatMap(references -> Stream.of(references.split(",")))
                .map(reference -> reference.replaceAll("^recordsponge-|@kubernetescrd$", ""));
    }

    /** What each Ingress is, the hosts that it serves, and its certificate's Secret. */
    Set<String> ingresses() {
        return ingresses.values().stream()
                .map(ingress -> "%s %s %s"
                        .formatted(
                                kind(ingress),
                                Ingresses.hosts(ingress).collect(Collectors.joining(",")),
                                scheme(ingress)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Who has access to protected paths: the lines of htpasswd that Traefik reads, sorted. */
    List<String> access() {
        return ingresses.values().stream()
                .flatMap(RouteSimulation::references)
                .flatMap(middleware -> Stream.ofNullable(middlewares.get(middleware)))
                .flatMap(middleware -> Stream.ofNullable((String) middleware.get("spec", "basicAuth", "secret")))
                .flatMap(copy -> SecretData.text(users.get(copy), "users").stream())
                .flatMap(String::lines)
                .sorted()
                .toList();
    }

    /** Hosts with the paths that are denied to everybody for lack of readable users. */
    Set<String> closed() {
        return ingresses.values().stream()
                .filter(ingress -> kind(ingress).equals("closed"))
                .flatMap(ingress -> ingress.getSpec().getRules().stream())
                .flatMap(rule -> rule.getHttp().getPaths().stream().map(path -> rule.getHost() + path.getPath()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The kinds of the Middlewares. */
    List<String> middlewares() {
        return middlewares.values().stream().map(RouteSimulation::kind).sorted().toList();
    }

    private static String kind(HasMetadata object) {
        var kind = name(object).replaceFirst("^staging-?", "").replaceFirst("-?[0-9a-f]{8}$", "");
        return kind.isEmpty() ? "site" : kind;
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
