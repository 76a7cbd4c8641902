package com.recordsponge.operator.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that prepares the data of the environment's own PostgreSQL, with a real server. */
class PostgresScriptTest {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private Path folder;
    private Path scripts;

    @BeforeEach
    void createTheTree() throws IOException {
        folder = Files.createTempDirectory("initdb");
        scripts = Files.createDirectories(folder.resolve("tree/config/postgres"));
        Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(folder.resolve("tmp"));
    }

    @AfterEach
    void deleteTheTree() throws IOException {
        Command.run("rm", "-r", folder.toString());
    }

    private void script(String name, String text) throws IOException {
        Files.writeString(scripts.resolve(name), text);
    }

    /** Runs the script as the pod does, with its folders elsewhere, and returns the termination message. */
    private String prepare(String request) throws IOException {
        return run(request, SupervisedProcess.unescaped(Supervisor.postgres()).getLast());
    }

    private String run(String request, String script) throws IOException {
        Command.run("chown", "-R", "postgres:", folder.toString());
        Command.run(
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                "--reset-env",
                "env",
                "PATH=%s:/usr/bin:/bin".formatted(programs()),
                "PGHOST=" + folder.resolve("tmp"),
                "PGUSER=postgres",
                "PGPASSWORD=it's secret",
                "PGDATABASE=record_expunge_dev",
                "RECORDSPONGE_SOURCE=" + folder.resolve("tree"),
                "RECORDSPONGE_INITDB=config/postgres",
                "RECORDSPONGE_REQUEST=" + request,
                "RECORDSPONGE_MESSAGE=" + folder.resolve("tmp/message"),
                "sh",
                "-c",
                script.replace("home=/var/lib/postgresql", "home=" + folder.resolve("home")));
        return message();
    }

    private String message() throws IOException {
        return Files.readString(folder.resolve("tmp/message")).strip();
    }

    private static Path programs() throws IOException {
        try (var versions = Files.list(VERSIONS)) {
            return versions.max(Comparator.comparing(Path::toString))
                    .orElseThrow()
                    .resolve("bin");
        }
    }

    /** What the scripts left beside them, one line each. */
    private List<String> trace() throws IOException {
        return Files.readAllLines(folder.resolve("tmp/trace"));
    }

    private String traced(String line) {
        return "\\! echo %s >>%s\n".formatted(line, folder.resolve("tmp/trace"));
    }

    @Test
    void sqlFilesRunOnceInLexicalOrder() throws IOException {
        script("2.sql", "INSERT INTO a VALUES (1);\n" + traced("two"));
        script("1.sql", "CREATE TABLE a (b int);\n" + traced("one"));
        assertThat(prepare("")).isEqualTo("done");
        assertThat(prepare("")).isEqualTo("done");
        assertThat(trace()).containsExactly("one", "two");
    }

    /** A block in YAML ends in a line break. */
    @ParameterizedTest
    @ValueSource(strings = {"again", "again\n", "two\nlines\n\n", "$(date) \"'"})
    void theyRunAgainOnceForEachRequest(String request) throws IOException {
        script("1.sql", "DROP TABLE IF EXISTS a; CREATE TABLE a (b int);\n" + traced("one"));
        prepare("");
        prepare(request);
        assertThat(prepare(request)).isEqualTo("done");
        assertThat(trace()).containsExactly("one", "one");
    }

    /** An environment that is created anew finds the data of the former one, but not its annotations. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void aRequestThatIsGoneRunsNothing(String none) throws IOException {
        script("1.sql", traced("one"));
        prepare("first");
        assertThat(prepare(none)).isEqualTo("done");
        assertThat(prepare("first")).isEqualTo("done");
        assertThat(trace()).containsExactly("one");
        prepare("second");
        assertThat(trace()).containsExactly("one", "one");
    }

    @Test
    void aFailedRequestIsRepeatedUntilItSucceedsOrIsGone() throws IOException {
        script("1.sql", traced("one"));
        prepare("");
        script("1.sql", traced("failed") + "SELECT nonsense;\n");
        prepare("again");
        prepare("");
        prepare("again");
        script("1.sql", traced("repaired"));
        prepare("again");
        prepare("again");
        assertThat(trace()).containsExactly("one", "failed", "failed", "repaired");
    }

    @Test
    void shellScriptsRunAlone() throws IOException {
        script("init-db.dev.sh", "psql --file=create.sql\n");
        script("create.sql", traced("$PGUSER@$PGDATABASE"));
        assertThat(prepare("")).isEqualTo("done");
        assertThat(trace()).containsExactly("postgres@record_expunge_dev");
    }

    /** In the public project the folder has a folder of its own for them. */
    @Test
    void theScriptsCanBeInTheFolderInitdb() throws IOException {
        scripts = Files.createDirectories(scripts.resolve("initdb"));
        script("1.sql", traced("one"));
        assertThat(prepare("")).isEqualTo("done");
        assertThat(trace()).containsExactly("one");
    }

    /** They are for a container with the server, which other machines reach by a name, and create their database. */
    @Test
    void theScriptsOfThePublicProjectRun() throws IOException {
        Files.writeString(
                scripts.resolve("client.env"),
                "PGUSER=other\nPGDATABASE=record_expunge_dev\nPGHOST=postgres\nPGPORT=1\nexport PGPORT\nPGPASSWORD=other\n");
        scripts = Files.createDirectories(scripts.resolve("initdb/scripts"));
        script("create-tables.sql", "CREATE TABLE users (id int);\n" + traced("tables"));
        scripts = scripts.getParent();
        script("init-db.dev.sh", """
                #!/bin/bash
                set -ex
                CWD=`dirname $0`
                ENV=${CWD}/../${1:-client.env}
                source ${ENV}
                createdb ${PGDATABASE}
                psql -v ON_ERROR_STOP=1 -d ${PGDATABASE} -f ${CWD}/scripts/create-tables.sql
                """);
        assertThat(prepare("")).isEqualTo("done");
        assertThat(trace()).containsExactly("tables");
    }

    @Test
    void aDatabaseThatCannotBeCreatedIsAFailure() throws IOException {
        script("1.sh", "set -e\ncreatedb --template=nonsense other\n");
        assertThat(prepare("")).startsWith("failed\n1.sh\n").contains("nonsense");
    }

    @Test
    void aFailedScriptIsNamedAndRunsAgain() throws IOException {
        script("1.sql", "SELECT nonsense;\n" + traced("reached"));
        assertThat(prepare("")).startsWith("failed\n1.sql\n").contains("ERROR:  column \"nonsense\" does not exist");
        script("1.sql", traced("repaired"));
        assertThat(prepare("")).isEqualTo("done");
        assertThat(trace()).containsExactly("repaired");
    }

    @Test
    void aTreeWithoutScriptsIsNoError() throws IOException {
        Files.delete(scripts);
        assertThat(prepare("")).isEqualTo("none");
    }

    @Test
    void aFolderWithoutScriptsIsNoErrorAndTheyRunOnceTheyAreThere() throws IOException {
        Files.writeString(scripts.resolve("client.env"), "");
        assertThat(prepare("")).isEqualTo("empty");
        script("1.sql", traced("one"));
        assertThat(prepare("")).isEqualTo("done");
        assertThat(trace()).containsExactly("one");
    }

    /** Such as those of another tree; people may have worked on the data since. */
    @Test
    void otherScriptsRunOnlyOnRequest() throws IOException {
        script("1.sql", traced("one"));
        prepare("");
        script("1.sql", traced("two"));
        assertThat(prepare("")).isEqualTo("changed");
        assertThat(prepare("again")).isEqualTo("done");
        assertThat(prepare("")).isEqualTo("done");
        assertThat(trace()).containsExactly("one", "two");
    }

    /** The server starts all the same. */
    @ParameterizedTest
    @CsvSource({"config/postgres, ---------", "config/postgres, r--r--r--", "config, ---------"})
    void aFolderThatCannotBeReadIsNamed(String closed, String mode) throws IOException {
        script("1.sql", traced("one"));
        var tree = folder.resolve("tree");
        Files.setPosixFilePermissions(tree.resolve(closed), PosixFilePermissions.fromString(mode));
        assertThat(prepare("")).isEqualTo("unreadable\n" + tree.resolve(closed));
        Files.setPosixFilePermissions(tree.resolve(closed), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(prepare("")).isEqualTo("done");
        assertThat(trace()).containsExactly("one");
    }

    /** Data of a first start that was interrupted has no name that the server looks at. */
    @Test
    void anInterruptedFirstStartBeginsAnew() throws IOException {
        Files.createDirectories(folder.resolve("home/data.partial/base"));
        script("1.sql", traced("one"));
        assertThat(prepare("")).isEqualTo("done");
    }

    @Test
    void dataOfAnotherVersionIsLeftAlone() throws IOException {
        var data = Files.createDirectories(folder.resolve("home/data"));
        Files.writeString(data.resolve("PG_VERSION"), "9\n");
        assertThatThrownBy(() -> prepare("")).hasMessageContaining("code 1");
        assertThat(message()).startsWith("incompatible\n9\n");
        assertThat(data).isDirectoryNotContaining(file -> file.endsWith("postgresql.conf"));
    }
}
