package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DNS_LABEL;
import static com.recordsponge.operator.api.v1.Formats.DNS_NAME;
import static com.recordsponge.operator.api.v1.Formats.IMAGE;
import static com.recordsponge.operator.api.v1.Formats.RELATIVE_PATH;
import static com.recordsponge.operator.api.v1.Formats.STORAGE;
import static com.recordsponge.operator.api.v1.Formats.TAG_OR_DIGEST;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A developer's environment: it runs a source tree, and nothing in it can change that tree. */
@ValidationRule(
        value = "has(self.frontend) || !has(self.watchers) || self.watchers.all(w, w.runs != 'frontend')",
        message = "a watcher with runs: frontend needs dev.frontend; set it, or remove the watcher")
public record DevSpec(
        @Required @JsonPropertyDescription("The application's source tree.")
        Source source,

        @JsonPropertyDescription("How the back end runs.") Backend backend,

        @JsonPropertyDescription(
                "Development server of the front end, with hot module replacement. When omitted, Flask serves the static build in src/frontend/build.")
        Frontend frontend,

        @JsonPropertyDescription(
                "PostgreSQL server of this environment; not together with database. The operator generates the credentials in the Secret NAME-postgres.")
        Postgres postgres,

        @Size(max = 8)
        @ListType(value = "map", keys = "name")
        @JsonPropertyDescription("Commands, such as tests and linters, that run again after every change of the tree.")
        List<Watcher> watchers,

        @Default("Retain")
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @JsonPropertyDescription(
                "Retain keeps the claims of PostgreSQL and node_modules when the environment is deleted; Delete deletes them with it.")
        StoragePolicy storagePolicy) {

    private static final String IMAGE_MESSAGE = " must be an image reference with a tag or a digest";
    private static final String IMAGE_RULE = "self.matches('" + IMAGE + "') && self.matches('" + TAG_OR_DIGEST + "')";
    private static final String WORDS_RULE = "self.all(word, !word.contains('\\x00'))";
    private static final String WORDS_MESSAGE = "a command cannot contain a NUL character";

    /** Where the source tree is. */
    public record Source(
            @Required
            @Size(min = 1, max = 253)
            @Pattern(DNS_NAME)
            @JsonPropertyDescription(
                    "PersistentVolumeClaim with the tree (src/backend, src/frontend); pods mount it read-only.")
            String claimName) {}

    /** The back end. */
    public record Backend(
            @Size(min = 1, max = 50)
            @ValidationRule(value = WORDS_RULE, message = WORDS_MESSAGE)
            @ListType("atomic")
            @JsonPropertyDescription(
                    "Command in src/backend that serves port 5000. When omitted, Flask's development server, which reloads changed files.")
            List<@Size(max = 1024) String> command) {}

    /** The front end's development server. */
    public record Frontend(
            @Default("node:18")
            @Size(min = 1, max = 512)
            @ValidationRule(value = IMAGE_RULE, message = "dev.frontend.image" + IMAGE_MESSAGE)
            @JsonPropertyDescription("Image with node and npm.")
            String image,

            @Size(max = 50)
            @ListType(value = "map", keys = "name")
            @JsonPropertyDescription("Further environment variables of node.")
            List<EnvVar> env,

            @JsonPropertyDescription(
                    "ConfigMap with the key ca.crt: certificates (PEM) that npm trusts in addition, such as a company proxy's.")
            LocalRef caConfigMapRef) {}

    /** The environment's own PostgreSQL server. */
    public record Postgres(
            @Default("postgres:17")
            @Size(min = 1, max = 512)
            @ValidationRule(value = IMAGE_RULE, message = "dev.postgres.image" + IMAGE_MESSAGE)
            @JsonPropertyDescription("Image with the programs of PostgreSQL.")
            String image,

            @Default("1Gi")
            @Size(min = 2, max = 20)
            @ValidationRule(
                    value = "self.matches('" + STORAGE + "') && quantity(self).compareTo(quantity('64Mi')) >= 0",
                    message = "dev.postgres.storage must be a size such as 512Mi or 1Gi, at least 64Mi")
            @JsonPropertyDescription(
                    "Size of the volume. It grows where its StorageClass allows that; an existing volume does not shrink.")
            String storage,

            @Default("config/postgres")
            @Size(min = 1, max = 255)
            @ValidationRule(
                    value = "self.matches('" + RELATIVE_PATH + "')",
                    message = "dev.postgres.initdb must be the path of a folder in the tree, such as config/postgres")
            @JsonPropertyDescription(
                    "Folder of the tree with the scripts that fill the database: its shell scripts, or else its .sql files, each in lexical order. They run once, and again for each new value of the annotation recordsponge.com/initdb.")
            String initdb) {

        /** The database that the application uses. */
        public static final String DATABASE = "record_expunge_dev";

        /** The name of the server's objects: Deployment, Service, claim, and the Secret with its credentials. */
        public static String objectName(String environment) {
            return environment + "-postgres";
        }
    }

    /** A command that runs again after every change of the tree. */
    public record Watcher(
            @Required
            @Size(min = 1, max = 30)
            @Pattern(DNS_LABEL)
            @JsonPropertyDescription("Name of the watcher; its container is called watch-NAME.")
            String name,

            @Required
            @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            @JsonPropertyDescription("Whose image and folder the command runs in: backend or frontend.")
            Part runs,

            @Required
            @Size(min = 1, max = 50)
            @ValidationRule(value = WORDS_RULE, message = WORDS_MESSAGE)
            @ListType("atomic")
            @JsonPropertyDescription(
                    "The command. If it ends, it runs again after the next change; a command that watches files itself keeps running.")
            List<@Size(max = 1024) String> command) {}
}
