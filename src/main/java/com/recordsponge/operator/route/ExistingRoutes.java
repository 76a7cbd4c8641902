package com.recordsponge.operator.route;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.recordsponge.operator.plan.OwnedObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The routes of an environment as its Ingresses and its Service are now. */
record ExistingRoutes(RouteNames names, OwnedObjects owned) {

    /** All routes: each has one Ingress for the whole site, by whose name it is known. */
    List<SiteRoute> all() {
        return owned.all(Ingress.class)
                .flatMap(ingress -> Ingresses.hosts(ingress).limit(1).flatMap(host -> Stream.of(
                                RouteForm.Scheme.values())
                        .map(scheme -> new RouteForm(host, ingress.getSpec().getIngressClassName(), scheme))))
                .distinct()
                .flatMap(form -> find(form).stream())
                .toList();
    }

    /** The route of a form, if it exists. */
    Optional<SiteRoute> find(RouteForm form) {
        return ingress(names.ingress(IngressParts.SITE, form))
                .map(site -> new SiteRoute(
                        form,
                        ingress(names.ingress(IngressParts.ALIASES, form)).stream()
                                .flatMap(Ingresses::hosts)
                                .toList(),
                        secrets(site).findFirst(),
                        ingress(names.ingress(IngressParts.HTTP, form)).isPresent()));
    }

    /** Whether any Ingress of a form's route exists, also without that of the whole site. */
    boolean hasAny(RouteForm form) {
        return Stream.of(IngressParts.SITE, IngressParts.ALIASES, IngressParts.HTTP)
                .anyMatch(kind -> ingress(names.ingress(kind, form)).isPresent());
    }

    private Optional<Ingress> ingress(String name) {
        return owned.named(Ingress.class, name);
    }

    /** Whether the ingress controller serves an Ingress of that name: it has written its address. */
    boolean isAdmitted(String name) {
        return ingress(name).filter(ExistingRoutes::hasAddress).isPresent();
    }

    static boolean hasAddress(Ingress ingress) {
        return ingress.getStatus() != null
                && ingress.getStatus().getLoadBalancer() != null
                && !ingress.getStatus().getLoadBalancer().getIngress().isEmpty();
    }

    /** The ServersTransport that the Service names. */
    Optional<String> transport() {
        return owned.named(Service.class, names.service())
                .flatMap(service -> annotation(service, Services.TRANSPORT).findFirst());
    }

    /** Whether the Service binds visitors to a pod. */
    boolean hasCookie() {
        return owned.named(Service.class, names.service())
                .map(service -> service.getMetadata().getAnnotations())
                .filter(annotations -> annotations.containsKey(Services.COOKIE))
                .isPresent();
    }

    /** The copy of users with which a path is protected now. */
    Optional<String> users(String path) {
        return all().stream()
                .flatMap(route -> ingress(names.ingress(IngressParts.AUTH, route.form(), path)).stream())
                .flatMap(ingress -> annotation(ingress, Routers.MIDDLEWARES))
                .flatMap(middleware -> owned.named(Middleware.class, middleware).stream())
                .flatMap(ExistingRoutes::users)
                .filter(this::hasSecret)
                .findFirst();
    }

    /** The copies of users that Middlewares name. */
    Set<String> users() {
        return owned.all(Middleware.class).flatMap(ExistingRoutes::users).collect(toUnmodifiableSet());
    }

    private static Stream<String> users(Middleware middleware) {
        return Stream.ofNullable(middleware.get("spec", "basicAuth", "secret"));
    }

    /** Whether the environment has a Secret of its own of that name. */
    boolean hasSecret(String name) {
        return owned.named(Secret.class, name).isPresent();
    }

    /** What Ingresses and Service refer to, as kind/name. */
    Set<String> named() {
        var ingresses = owned.all(Ingress.class).toList();
        return Stream.of(
                        ingresses.stream()
                                .flatMap(ingress -> annotation(ingress, Routers.MIDDLEWARES))
                                .map(Loaded::middleware),
                        ingresses.stream().flatMap(ExistingRoutes::secrets).map(Loaded::secret),
                        transport().stream().map(Loaded::transport))
                .flatMap(objects -> objects)
                .collect(toUnmodifiableSet());
    }

    /**
     * The objects that exist and to which none refers.
     *
     * @param certificate Secret with a usable certificate
     */
    Set<String> unnamed(Optional<String> certificate) {
        var named = named();
        return Stream.of(
                        owned.all(Middleware.class).map(ExistingRoutes::name).map(Loaded::middleware),
                        owned.all(ServersTransport.class)
                                .map(ExistingRoutes::name)
                                .map(Loaded::transport),
                        certificate.stream().map(Loaded::secret))
                .flatMap(objects -> objects)
                .filter(object -> !named.contains(object))
                .collect(toUnmodifiableSet());
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    /** The names in an annotation that refers to objects of Traefik. */
    private Stream<String> annotation(HasMetadata object, String annotation) {
        return Stream.ofNullable(object.getMetadata().getAnnotations())
                .flatMap(annotations -> Stream.ofNullable(annotations.get(annotation)))
                .flatMap(references -> Stream.of(references.split(",")))
                .map(names::referenced);
    }

    private static Stream<String> secrets(Ingress ingress) {
        return ingress.getSpec().getTls().stream().map(IngressTLS::getSecretName);
    }
}
