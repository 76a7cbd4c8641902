package com.recordsponge.operator.dev;

import static com.recordsponge.operator.dev.Supervisor.Role.FRONTEND;
import static com.recordsponge.operator.dev.Supervisor.Role.WATCHER;
import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.Command;
import com.recordsponge.operator.support.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that runs the front end's development server and its watchers; npm is a script here. */
class NodeSupervisorTest {

    /** Another address than the one at which the supervisor forwards. */
    private static final String BACKEND = "127.0.0.2";

    @TempDir
    private Path folder;

    private Path source;
    private Path target;
    private int proxied;
    private int backend;

    @BeforeEach
    void createTheTree() throws IOException {
        proxied = FreePort.find();
        backend = FreePort.find();
        source = Files.createDirectories(folder.resolve("tree/src/frontend"));
        target = Files.createDirectories(folder.resolve("frontend"));
        Files.createDirectories(target.resolve("node_modules"));
        for (var name : List.of("src", "public")) {
            Files.createDirectories(source.resolve(name));
            // A mount of the same folder has its inode.
            Files.createSymbolicLink(target.resolve(name), source.resolve(name));
        }
        packageJson("1");
        Files.writeString(source.resolve("package-lock.json"), "{}");
        Files.writeString(source.resolve("src/index.tsx"), "one");
        npm("echo \"$@\" >>%s/calls".formatted(folder));
    }

    private void packageJson(String version) throws IOException {
        packageJson(version, "http://expungeservice:" + proxied);
    }

    private void packageJson(String version, String proxy) throws IOException {
        Files.writeString(
                source.resolve("package.json"), "{\"version\": \"%s\", \"proxy\": \"%s\"}".formatted(version, proxy));
    }

    private void npm(String script) throws IOException {
        var npm = Files.createDirectories(folder.resolve("bin")).resolve("npm");
        Files.writeString(npm, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private SupervisedProcess run(Supervisor.Role role, String... command) throws IOException {
        return run(Map.of(), List.of(), role, command);
    }

    /** @param prefix of the command, such as a program that takes rights away */
    private SupervisedProcess run(
            Map<String, String> variables, List<String> prefix, Supervisor.Role role, String... command)
            throws IOException {
        var environment = new TreeMap<>(variables);
        environment.putAll(Map.of(
                "PATH",
                folder.resolve("bin") + ":" + System.getenv("PATH"),
                "RECORDSPONGE_SOURCE",
                source.toString(),
                "RECORDSPONGE_TARGET",
                target.toString(),
                "RECORDSPONGE_BACKEND",
                BACKEND + ":" + backend));
        return new SupervisedProcess(folder, environment, port -> {
            var words = new ArrayList<>(prefix);
            words.addAll(Supervisor.node(role, port, List.of(command)));
            return words;
        });
    }

    private List<String> calls() throws IOException {
        var calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private static String[] server(String line) {
        return new String[] {"sh", "-c", "echo run >>runs; echo '%s'; exec sleep 60".formatted(line)};
    }

    private long runs() throws IOException {
        var runs = target.resolve("runs");
        return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
    }

    @Test
    void modulesAreInstalledOncePerLockFile() throws IOException {
        for (var start = 0; start < 2; start++) {
            var runs = runs();
            try (var node = run(FRONTEND, server("Compiled successfully!"))) {
                await().until(() -> runs() > runs);
            }
        }
        assertThat(calls()).containsExactly("ci --no-audit --no-fund");
    }

    @Test
    void aChangedPackageJsonInstallsAndRestartsNode() throws IOException {
        try (var node = run(FRONTEND, server("Compiled successfully!"))) {
            await().until(() -> runs() == 1);
            packageJson("2");
            await().until(() -> runs() == 2);
            assertThat(calls()).hasSize(2);
            assertThat(target.resolve("package.json")).content().contains("\"2\"");
        }
    }

    @Test
    void anotherFileBesideTheSourceRestartsNothing() throws IOException {
        try (var node = run(FRONTEND, server("Compiled successfully!"))) {
            await().until(() -> runs() == 1);
            Files.writeString(source.resolve("README.md"), "new");
            await().until(() -> Files.exists(target.resolve("README.md")));
            Files.delete(source.resolve("README.md"));
            await().until(() -> !Files.exists(target.resolve("README.md")));
            assertThat(runs()).isEqualTo(1);
        }
    }

    @Test
    void theModulesThatAreThereServeALockFileOutOfStep() throws IOException {
        try (var node = run(FRONTEND, server("Compiled successfully!"))) {
            await().until(() -> runs() == 1);
            npm("echo 'npm error code EUSAGE'; echo 'npm error Missing: left-pad@1 from lock file'; exit 1");
            packageJson("2");
            await().until(() -> runs() == 2);
            node.eventually(report -> {
                assertThat(report.problem()).isEqualTo("LockFileOutOfSync");
                assertThat(report.detail()).isEqualTo("Missing: left-pad@1 from lock file");
            });
            npm("true");
            Files.writeString(source.resolve("package-lock.json"), "{\"fits\": true}");
            node.eventually(report -> assertThat(report.problem()).isNull());
        }
    }

    @Test
    void aFailedInstallationIsReportedWithNpmsWords() throws IOException {
        npm("echo 'npm error code ENOTFOUND'; echo 'npm error network request failed'; exit 1");
        try (var node = run(FRONTEND, server("Compiled successfully!"))) {
            node.eventually(report -> {
                assertThat(report.problem()).isEqualTo("InstallFailed");
                assertThat(report.detail()).isEqualTo("network request failed");
            });
            assertThat(runs()).isZero();
        }
    }

    /** A report that is too long is not read, and the one before it would stay. */
    @Test
    void npmsLongWordsAreCut() throws IOException {
        npm("echo 'npm error %s'; exit 1".formatted("é".repeat(3000)));
        try (var node = run(FRONTEND, server("Compiled successfully!"))) {
            node.eventually(report -> assertThat(report.detail()).startsWith("ééé"));
        }
    }

    @Test
    void theNameInPackageJsonLeadsToTheBackEnd() throws IOException {
        try (var server = backEnd();
                var node = run(FRONTEND, server("Compiled successfully!"))) {
            await().untilAsserted(() -> assertThat(answer(proxied)).isEqualTo('x'));
        }
    }

    /** Such as a merge conflict, which somebody resolves while the pod runs. */
    @Test
    void thePortInPackageJsonCanChange() throws IOException {
        Files.writeString(source.resolve("package.json"), "<<<<<<< HEAD");
        try (var server = backEnd();
                var node = run(FRONTEND, server("Compiled successfully!"))) {
            await().until(() -> runs() == 1);
            packageJson("1");
            await().untilAsserted(() -> assertThat(answer(proxied)).isEqualTo('x'));
        }
    }

    /** As src/setupProxy.js names it. */
    @Test
    void theBackEndsUsualPortNeedsNoLineInPackageJson() throws IOException {
        Files.writeString(source.resolve("package.json"), "{}");
        try (var server = backEnd();
                var node = run(FRONTEND, server("Compiled successfully!"))) {
            await().untilAsserted(() -> assertThat(answer(backend)).isEqualTo('x'));
        }
    }

    @Test
    void aProxyLineThatLeadsNowhereIsReportedUntilItIsCorrected() throws IOException {
        packageJson("1", "http://backend.invalid:5000");
        try (var node = run(FRONTEND, server("Compiled successfully!"))) {
            node.eventually(report -> {
                assertThat(report.problem()).isEqualTo("ProxyHostNotFound");
                assertThat(report.detail()).isEqualTo("backend.invalid");
            });
            packageJson("1");
            node.eventually(report -> assertThat(report.problem()).isNull());
        }
    }

    /** A server that answers every connection with one letter. */
    private ServerSocket backEnd() throws IOException {
        var server = new ServerSocket(backend, 8, InetAddress.getByName(BACKEND));
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var connection = server.accept()) {
                    connection.getOutputStream().write('x');
                } catch (IOException _) {
                    // The test has ended, or the client.
                }
            }
        });
        return server;
    }

    /** The letter; -1 if nothing listens yet. */
    private static int answer(int port) throws IOException {
        try (var client = new Socket("127.0.0.1", port)) {
            return client.getInputStream().read();
        } catch (ConnectException _) {
            return -1;
        }
    }

    @Test
    void aTreeWithoutALockFileIsInstalledWithoutOne() throws IOException {
        Files.delete(source.resolve("package-lock.json"));
        npm("echo \"$1\" $(ls package-lock.json) >>%s/calls; echo {} >package-lock.json".formatted(folder));
        try (var node = run(FRONTEND, server("Compiled successfully!"))) {
            await().until(() -> runs() == 1);
            packageJson("2");
            await().until(() -> runs() == 2);
            assertThat(calls()).containsExactly("install", "install");
        }
    }

    /** Such as Emacs' locks and links to a person's own files. */
    @Test
    void aLinkThatLeadsNowhereHindersNothing() throws IOException {
        var link = Files.createSymbolicLink(source.resolve(".env"), Path.of("/nowhere/.env"));
        try (var node = run(FRONTEND, server("Compiled successfully!"))) {
            await().until(() -> runs() == 1);
            assertThat(target.resolve(".env")).isSymbolicLink();
            packageJson("2");
            await().until(() -> runs() == 2);
            Files.delete(link);
            await().until(() -> !Files.isSymbolicLink(target.resolve(".env")));
        }
    }

    @Test
    void aFrontEndThatEndsIsReportedUntilItRunsAgain() throws IOException {
        var start = "grep -q two src/index.tsx || { echo 'Missing script: start'; exit 3; }; exec sleep 60";
        try (var node = run(FRONTEND, "sh", "-c", start)) {
            node.eventually(report -> {
                assertThat(report.problem()).isEqualTo("FrontendEnded");
                assertThat(report.detail()).isEqualTo("code 3: Missing script: start");
            });
            Files.writeString(source.resolve("src/index.tsx"), "two");
            node.eventually(report -> assertThat(report.problem()).isNull());
        }
    }

    @Test
    void aFrontEndThatCannotStartIsReported() throws IOException {
        try (var node = run(FRONTEND, "no-such-program")) {
            node.eventually(report -> {
                assertThat(report.problem()).isEqualTo("FrontendEnded");
                assertThat(report.detail()).contains("no-such-program");
            });
        }
    }

    /** The first time takes webpack some times as long as the next: nobody edits yet who has to wait for it. */
    @Test
    void webpackCompilesTwiceBeforeTheFirstEdit() throws IOException {
        var port = Integer.toString(FreePort.find());
        var server = """
                const compiled = () => console.log("\\u001b[32mCompiled successfully!\\u001b[39m");
                const server = require("http").createServer((request, response) => {
                  require("fs").appendFileSync("asked", request.url + "\\n");
                  response.end();
                  compiled();
                });
                server.listen(process.env.PORT, "127.0.0.1", compiled);
                """;
        var asked = target.resolve("asked");
        try (var node = run(Map.of("PORT", port), List.of(), FRONTEND, "node", "-e", server)) {
            await().until(() -> Files.exists(asked) && Files.readAllLines(asked).size() == 2);
            await().during(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(Files.readAllLines(asked))
                    .hasSize(2)
                    .containsOnly("/webpack-dev-server/invalidate"));
        }
    }

    /** Node's port is free only then. */
    @Test
    void nodeStartsAgainOnceTheOneBeforeHasEnded() throws IOException {
        var start = "trap 'sleep 1; echo ended >>order; exit' TERM; echo started >>order; while :; do sleep 0.1; done";
        var order = target.resolve("order");
        try (var node = run(FRONTEND, "sh", "-c", start)) {
            await().until(() -> Files.exists(order));
            Files.writeString(source.resolve(".env"), "PORT=3000");
            await().untilAsserted(
                            () -> assertThat(Files.readAllLines(order)).startsWith("started", "ended", "started"));
        }
    }

    @Test
    void aFileThatCannotBeReadIsReportedAndHindersNothing() throws IOException {
        var file = Files.writeString(source.resolve(".env"), "SECRET=1");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        var unprivileged = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
        try (var node = run(Map.of(), unprivileged, FRONTEND, server("Compiled successfully!"))) {
            node.eventually(report -> {
                assertThat(report.problem()).isEqualTo("FileUnreadable");
                assertThat(report.detail()).isEqualTo(file.toString());
            });
            await().until(() -> runs() == 1);
        }
    }

    @Test
    void aFolderBelowTheSourceThatCannotBeReadIsReported() throws IOException {
        var closed = Files.createDirectories(source.resolve("src/closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        var unprivileged = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
        try (var node = run(Map.of(), unprivileged, FRONTEND, server("Compiled successfully!"))) {
            node.eventually(report -> {
                assertThat(report.problem()).isEqualTo("SourceUnreadable");
                assertThat(report.detail()).isEqualTo(closed.toString());
            });
        }
    }

    /** Webpack would miss changes without a word. */
    @Test
    void filesArePolledWhereTheKernelHasNoWatchesLeft() throws IOException {
        var preloaded = Files.writeString(
                folder.resolve("exhausted.js"), "require('fs').watch = () => { throw new Error('ENOSPC'); };");
        try (var node = run(
                Map.of("NODE_OPTIONS", "--require " + preloaded),
                List.of(),
                FRONTEND,
                "sh",
                "-c",
                "echo $WATCHPACK_POLLING $CHOKIDAR_USEPOLLING >polling; exec sleep 60")) {
            node.eventually(report -> assertThat(report.polling()).isTrue());
            await().untilAsserted(
                            () -> assertThat(target.resolve("polling")).exists().hasContent("true true"));
        }
    }

    @Test
    void aWatcherWaitsForTheModulesAndReportsJestsSummary() throws IOException {
        var jest =
                "echo 'Test Suites: 1 failed, 1 passed, 2 total'; echo 'Tests:       1 failed, 4 passed, 5 total'; exec sleep 60";
        try (var watcher = run(WATCHER, "sh", "-c", jest)) {
            watcher.eventually(report -> assertThat(report.result()).isNull());
            try (var node = run(FRONTEND, server("Compiled successfully!"))) {
                watcher.eventually(report -> {
                    assertThat(report.result()).isEqualTo("failed");
                    assertThat(report.passed()).isEqualTo(4);
                    assertThat(report.failed()).isEqualTo(1);
                });
            }
        }
    }

    /** Jest counts no test of a file that it cannot compile. */
    @Test
    void aSuiteThatDoesNotCompileIsAFailure() throws IOException {
        var jest = "echo 'Test Suites: 1 failed, 1 total'; echo 'Tests:       0 total'; exec sleep 60";
        try (var node = run(FRONTEND, server("Compiled successfully!"));
                var watcher = run(WATCHER, "sh", "-c", jest)) {
            watcher.eventually(report -> assertThat(report.result()).isEqualTo("failed"));
        }
    }

    @Test
    void aResultHasNoCountsOfAnEarlierRun() throws IOException {
        var jest = "grep -q one src/index.tsx || exit 0; echo 'Tests: 2 failed, 2 total'; exit 1";
        try (var node = run(FRONTEND, server("Compiled successfully!"));
                var watcher = run(WATCHER, "sh", "-c", jest)) {
            watcher.eventually(report -> assertThat(report.failed()).isEqualTo(2));
            Files.writeString(source.resolve("src/index.tsx"), "two");
            watcher.eventually(report -> {
                assertThat(report.result()).isEqualTo("passed");
                assertThat(report.failed()).isNull();
            });
        }
    }

    @Test
    void aMissingFolderIsReported() throws IOException {
        Files.delete(source.resolve("public"));
        try (var node = run(FRONTEND, server("Compiled successfully!"))) {
            node.eventually(report -> {
                assertThat(report.problem()).isEqualTo("SourceFolderNotFound");
                assertThat(report.detail()).isEqualTo(source.resolve("public").toString());
            });
        }
    }

    @Test
    void aFolderThatWasReplacedUnderItsMountIsReported() throws IOException {
        Files.delete(target.resolve("src"));
        Files.createDirectories(target.resolve("src"));
        try (var node = run(FRONTEND, server("Compiled successfully!"))) {
            node.eventually(report -> assertThat(report.problem()).isEqualTo("SourceReplaced"));
        }
    }

    /** As by rm -r and git clone. */
    @Test
    void aTreeThatWasReplacedUnderItsMountIsReported() throws IOException {
        var tree = folder.resolve("tree");
        try (var mount = new MountedFolder(tree)) {
            source = mount.path().resolve("src/frontend");
            try (var node = run(FRONTEND, server("Compiled successfully!"))) {
                await().until(() -> runs() == 1);
                Command.run("rm", "-r", tree.toString());
                Files.createDirectories(tree.resolve("src/frontend"));
                node.eventually(report -> {
                    assertThat(report.problem()).isEqualTo("SourceReplaced");
                    assertThat(report.detail()).isEqualTo(mount.path().toString());
                });
            }
        }
    }

    @Test
    void aWatcherThatCannotStartHasFailed() throws IOException {
        try (var node = run(FRONTEND, server("Compiled successfully!"));
                var watcher = run(WATCHER, "no-such-program")) {
            watcher.eventually(report -> assertThat(report.result()).isEqualTo("failed"));
        }
    }
}
