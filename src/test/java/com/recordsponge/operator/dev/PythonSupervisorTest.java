package com.recordsponge.operator.dev;

import static com.recordsponge.operator.dev.Supervisor.Role.BACKEND;
import static com.recordsponge.operator.dev.Supervisor.Role.WATCHER;
import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program that runs the back end and its watchers. */
class PythonSupervisorTest {

    @TempDir
    private Path folder;

    private Path tree;
    private Path source;
    private Path target;

    @BeforeEach
    void createTheTree() throws IOException {
        tree = folder.resolve("tree");
        source = Files.createDirectories(tree.resolve("src/backend"));
        target = Files.createDirectories(folder.resolve("backend"));
        Files.createDirectories(tree.resolve("src/frontend"));
        Files.createDirectories(folder.resolve("frontend"));
        Files.writeString(source.resolve("app.txt"), "one");
    }

    private SupervisedProcess run(Supervisor.Role role, String... command) throws IOException {
        return run(tree, List.of(), role, command);
    }

    /** @param prefix of the command, such as a program that takes rights away */
    private SupervisedProcess run(Path tree, List<String> prefix, Supervisor.Role role, String... command)
            throws IOException {
        var links = "%s:%s,%s:%s"
                .formatted(
                        tree.resolve("src/backend"), target, tree.resolve("src/frontend"), folder.resolve("frontend"));
        return new SupervisedProcess(folder, Map.of("RECORDSPONGE_LINKS", links), port -> {
            var words = new ArrayList<>(prefix);
            words.addAll(Supervisor.python(role, port, List.of(command)));
            return words;
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "12 passed in 0.30s; 0; passed; 12; 0",
                "===== 3 failed, 9 passed, 1 skipped in 12.01s =====; 1; failed; 9; 3",
                "1 passed, 2 errors in 0.1s; 1; failed; 1; 2",
                "'\033[31m==== 1 failed in 2s ====\033[0m'; 1; failed; 0; 1",
                "Success: no issues found in 3 source files; 0; passed;;",
                "app.py:1: error; 1; failed;;"
            })
    void aWatcherReportsTheResultOfItsCommand(String summary, int code, String result, Integer passed, Integer failed)
            throws IOException {
        try (var watcher = run(WATCHER, "sh", "-c", "echo '%s'; exit %d".formatted(summary, code))) {
            watcher.eventually(report -> {
                assertThat(report.result()).isEqualTo(result);
                assertThat(report.passed()).isEqualTo(passed);
                assertThat(report.failed()).isEqualTo(failed);
                assertThat(report.at()).isNotNull();
            });
        }
    }

    @Test
    void aCommandThatEndsRunsAgainAfterAChange() throws IOException {
        try (var watcher = run(WATCHER, "grep", "-q", "one", "app.txt")) {
            watcher.eventually(report -> assertThat(report.result()).isEqualTo("passed"));
            Files.writeString(source.resolve("app.txt"), "broken");
            watcher.eventually(report -> assertThat(report.result()).isEqualTo("failed"));
            Files.writeString(source.resolve("app.txt"), "one again");
            watcher.eventually(report -> assertThat(report.result()).isEqualTo("passed"));
        }
    }

    @Test
    void aCommandThatWatchesByItselfReportsEachSummary() throws IOException {
        var script =
                "echo '2 passed in 1s'; until grep -q two app.txt; do sleep 0.1; done; echo '1 failed, 1 passed in 1s'; exec sleep 60";
        try (var watcher = run(WATCHER, "sh", "-c", script)) {
            watcher.eventually(report -> assertThat(report.passed()).isEqualTo(2));
            Files.writeString(source.resolve("app.txt"), "two");
            watcher.eventually(report -> assertThat(report.failed()).isEqualTo(1));
        }
    }

    /** Such as pytest-watch, which goes on when pytest cannot start. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ImportError while loading conftest '/src/backend/conftest.py'.",
                "INTERNALERROR> Traceback (most recent call last):",
                "===== no tests ran in 0.01s ====="
            })
    void aRunOfPytestWithoutCountsIsAFailure(String line) throws IOException {
        var script = "echo '2 passed in 1s'; until grep -q two app.txt; do sleep 0.1; done; echo '%s'; exec sleep 60"
                .formatted(line.replace("'", "'\\''"));
        try (var watcher = run(WATCHER, "sh", "-c", script)) {
            watcher.eventually(report -> assertThat(report.result()).isEqualTo("passed"));
            Files.writeString(source.resolve("app.txt"), "two");
            watcher.eventually(report -> {
                assertThat(report.result()).isEqualTo("failed");
                assertThat(report.passed()).isNull();
            });
        }
    }

    @Test
    void theCommandSeesTheTreeAndWritesBesideIt() throws IOException {
        try (var backend = run(BACKEND, "sh", "-c", "cat app.txt >copy.txt; exec sleep 60")) {
            await().until(() -> Files.exists(target.resolve("copy.txt")));
            Files.writeString(source.resolve("new.txt"), "new");
            await().until(() -> Files.exists(target.resolve("new.txt")));
            Files.delete(source.resolve("new.txt"));
            await().until(() -> !Files.isSymbolicLink(target.resolve("new.txt")));
            assertThat(source).isDirectoryNotContaining(file -> file.endsWith("copy.txt"));
        }
    }

    /** As the application finds the page that Flask serves without a front end. */
    @Test
    void theCommandSeesTheStaticBuildBesideTheBackEnd() throws IOException {
        var build = Files.createDirectories(tree.resolve("src/frontend/build"));
        Files.writeString(build.resolve("index.html"), "page\n");
        try (var backend = run(BACKEND, "sh", "-c", "cat ../frontend/build/index.html; exec sleep 60")) {
            await().until(() -> backend.log().contains("page"));
        }
    }

    /** It follows a link, and then finds no virtualenv of the image: its name has a hash of the Pipfile's path. */
    @ParameterizedTest
    @ValueSource(strings = {"Pipfile", "Pipfile.lock"})
    void pipenvFindsItsFilesWhereTheImageHadThem(String name) throws IOException {
        Files.writeString(source.resolve(name), "one");
        var copy = target.resolve(name);
        try (var backend = run(BACKEND, "sleep", "60")) {
            await().until(() -> Files.exists(copy));
            assertThat(copy).isRegularFile().hasContent("one");
            assertThat(copy.toRealPath()).isEqualTo(target.toRealPath().resolve(name));
            Files.writeString(source.resolve(name), "two");
            await().until(() -> Files.readString(copy).equals("two"));
            Files.delete(source.resolve(name));
            await().until(() -> !Files.exists(copy));
        }
    }

    /** Git keeps the names of files as bytes, in the encoding of whoever added them. */
    @Test
    void aNameThatIsNotUtf8HindersNothing() throws IOException {
        var names = Files.createDirectories(source.resolve("names"));
        Command.run("sh", "-c", "cd \"$0\" && touch \"$(printf 'caf\\351')\"", names.toString());
        try (var watcher = run(WATCHER, "grep", "-q", "one", "app.txt")) {
            watcher.eventually(report -> assertThat(report.result()).isEqualTo("passed"));
        } finally {
            Command.run("rm", "-r", names.toString());
        }
    }

    /** At the start, and later: Git takes folders away and adds them again. */
    @ParameterizedTest
    @ValueSource(strings = {"src/backend", "src"})
    void aMissingFolderIsReportedUntilItIsThere(String missing) throws IOException {
        var elsewhere = folder.resolve("elsewhere");
        Files.move(tree.resolve(missing), elsewhere);
        try (var backend = run(BACKEND, "sleep", "60")) {
            for (var time = 0; time < 2; time++) {
                backend.eventually(report -> {
                    assertThat(report.problem()).isEqualTo("SourceFolderNotFound");
                    assertThat(report.detail()).isEqualTo(source.toString());
                });
                Files.move(elsewhere, tree.resolve(missing));
                backend.eventually(report -> assertThat(report.problem()).isNull());
                Files.move(tree.resolve(missing), elsewhere);
            }
        }
    }

    @Test
    void aFileInPlaceOfTheFolderIsReported() throws IOException {
        Files.move(source, folder.resolve("elsewhere"));
        Files.writeString(source, "");
        try (var backend = run(BACKEND, "sleep", "60")) {
            backend.eventually(report -> assertThat(report.problem()).isEqualTo("SourceFolderNotFound"));
        }
    }

    /** Root, as whom the tests run, may read everything unless it is not allowed to override. */
    @ParameterizedTest
    @CsvSource({"'', ---------", "src, ---------", "src/backend, ---------", "src/backend, r--r--r--"})
    void aTreeThatCannotBeReadIsReportedUntilItCan(String closed, String mode) throws IOException {
        var permissions = Files.getPosixFilePermissions(tree.resolve(closed));
        Files.setPosixFilePermissions(tree.resolve(closed), PosixFilePermissions.fromString(mode));
        var unprivileged = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
        try (var backend = run(tree, unprivileged, BACKEND, "sleep", "60")) {
            backend.eventually(report -> {
                assertThat(report.problem()).isEqualTo("SourceUnreadable");
                assertThat(report.detail()).isEqualTo(source.toString());
            });
            Files.setPosixFilePermissions(tree.resolve(closed), permissions);
            backend.eventually(report -> assertThat(report.problem()).isNull());
        }
    }

    /** Such as a person's own settings beside the source. */
    @ParameterizedTest
    @ValueSource(strings = {"src/backend/.env", "src/frontend/.env"})
    void aFileThatCannotBeReadIsReportedAndHindersNothing(String name) throws IOException {
        var file = Files.writeString(tree.resolve(name), "SECRET=1");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        var unprivileged = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
        try (var backend = run(tree, unprivileged, BACKEND, "sh", "-c", "echo started; exec sleep 60")) {
            backend.eventually(report -> {
                assertThat(report.problem()).isEqualTo("FileUnreadable");
                assertThat(report.detail()).isEqualTo(file.toString());
            });
            await().until(() -> backend.log().contains("started"));
        }
    }

    /** As by rm -r and git clone. */
    @Test
    void aTreeThatWasReplacedUnderItsMountIsReported() throws IOException {
        try (var mount = new MountedFolder(tree);
                var backend = run(mount.path(), List.of(), BACKEND, "sleep", "60")) {
            await().until(() -> Files.exists(target.resolve("app.txt")));
            Command.run("rm", "-r", tree.toString());
            createTheTree();
            backend.eventually(report -> {
                assertThat(report.problem()).isEqualTo("SourceReplaced");
                assertThat(report.detail()).isEqualTo(mount.path().toString());
            });
        }
    }

    @Test
    void aBackEndThatEndsIsReportedUntilItRunsAgain() throws IOException {
        Files.writeString(source.resolve("app.txt"), "two");
        try (var backend = run(BACKEND, "sh", "-c", "grep -q one app.txt || { echo broken; exit 3; }; exec sleep 60")) {
            backend.eventually(report -> {
                assertThat(report.problem()).isEqualTo("BackendEnded");
                assertThat(report.detail()).isEqualTo("code 3: broken");
            });
            Files.writeString(source.resolve("app.txt"), "one");
            backend.eventually(report -> assertThat(report.problem()).isNull());
        }
    }

    /** A report that is too long is not read, and the one before it would stay. */
    @Test
    void longLastWordsAreCut() throws IOException {
        var words = "é".repeat(1000);
        try (var backend = run(BACKEND, "sh", "-c", "echo " + words + "; exit 1")) {
            backend.eventually(report -> assertThat(report.detail()).startsWith("code 1: ééé"));
        }
    }

    @Test
    void aBackEndThatCannotStartIsReported() throws IOException {
        try (var backend = run(BACKEND, "no-such-program")) {
            backend.eventually(report -> {
                assertThat(report.problem()).isEqualTo("BackendEnded");
                assertThat(report.detail()).startsWith("code 127: ").contains("no-such-program");
            });
        }
    }

    @Test
    void aWatcherThatCannotStartHasFailedUntilItCan() throws IOException {
        var script = Files.writeString(source.resolve("check.sh"), "#!/bin/sh\ntrue\n");
        try (var watcher = run(WATCHER, "./check.sh")) {
            watcher.eventually(report -> assertThat(report.result()).isEqualTo("failed"));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            watcher.eventually(report -> assertThat(report.result()).isEqualTo("passed"));
            Files.delete(script);
            watcher.eventually(report -> assertThat(report.result()).isEqualTo("failed"));
        }
    }

    private void module(String file, String text) throws IOException {
        var path = source.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path.resolveSibling("__init__.py"), "");
        Files.writeString(path, text);
    }

    /** Flask and Werkzeug are scripts here: Flask prints what it gets. */
    @ParameterizedTest
    @CsvSource({"app.py, app", "wsgi.py, wsgi", "expungeservice/wsgi.py, expungeservice.wsgi"})
    void flaskFindsTheApplicationBesideWhatItWrites(String file, String module) throws IOException {
        Files.createDirectories(source.resolve(file).getParent());
        Files.writeString(source.resolve(file), "");
        module("flask/cli.py", """
                import os, types
                run_command = types.SimpleNamespace(params=[])
                main = lambda: print(os.environ["FLASK_APP"], flush=True)
                """);
        module("werkzeug/serving.py", "class BaseWSGIServer: pass\nclass ThreadedWSGIServer: pass\n");
        module("werkzeug/_reloader.py", "class ReloaderLoop: pass\nreloader_loops = {}\n");
        try (var backend = run(BACKEND)) {
            await().until(() -> backend.log().contains(module + "\n"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6fe9b2a5bc7d63f42e4a7ee5b1f21b9e1c66ac64f5e3b1e4f7d6ff9b3a2c1d00, outdated",
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a, current",
        "'', unknown"
    })
    void theImageIsComparedWithPipfileLock(String built, String image) throws IOException {
        Files.writeString(source.resolve("Pipfile.lock"), "{}");
        Files.writeString(target.resolve(".image-lock"), built);
        try (var backend = run(BACKEND, "sleep", "60")) {
            backend.eventually(report -> assertThat(report.image()).isEqualTo(image));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "changed while it runs"})
    void nothingRunsAfterItsSupervisor(String content) throws IOException {
        var pids = target.resolve("pids");
        try (var backend = run(BACKEND, "sh", "-c", "echo $$ >>pids; exec sleep 60")) {
            await().until(() -> Files.exists(pids) && Files.readString(pids).endsWith("\n"));
            Files.writeString(source.resolve("app.txt"), content);
        }
        for (var pid : Files.readAllLines(pids)) {
            await().until(() -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
        }
    }
}
