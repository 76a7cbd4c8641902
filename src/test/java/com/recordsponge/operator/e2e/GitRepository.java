package com.recordsponge.operator.e2e;

import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A repository on the Git server, with a webhook to Argo CD, and a checkout of it.
 *
 * @param url for Argo CD
 */
record GitRepository(Path checkout, String url, String webhook) {

    private static final String PUSHED = """
            {"ref": "refs/heads/main", "before": "%s", "after": "%s", "commits": [],
             "repository": {"html_url": "%s", "default_branch": "main"}}
            """;

    static GitRepository create(Path folder, String server, String webhook, String name) throws IOException {
        var bare = folder.resolve(name + ".git");
        Command.run("git", "init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
        var url = server + "/" + name + ".git";
        var checkout = Files.createTempDirectory("git-" + name);
        var repository = new GitRepository(checkout, url, webhook);
        repository.git("clone", "--quiet", url, ".");
        return repository;
    }

    GitRepository write(String file, String text) throws IOException {
        var target = checkout.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
        return this;
    }

    GitRepository remove(String file) throws IOException {
        Files.delete(checkout.resolve(file));
        return this;
    }

    /** Commits and pushes everything, sends the webhook, and returns the commit. */
    String push() throws IOException {
        var before = git("rev-list", "--max-count=1", "--all").strip();
        git("add", "--all");
        git(
                "-c",
                "user.name=test",
                "-c",
                "user.email=test@example.org",
                "commit",
                "--quiet",
                "--allow-empty",
                "-m",
                "Test");
        git("push", "--quiet", "origin", "HEAD:main");
        var after = git("rev-parse", "HEAD").strip();
        Command.run(
                "curl",
                "-fsS",
                "--noproxy",
                "*",
                "--header",
                "X-GitHub-Event: push",
                "--json",
                PUSHED.formatted(before, after, url.replace(".git", "")),
                webhook);
        return after;
    }

    private String git(String... arguments) throws IOException {
        return Command.run(
                Map.of("no_proxy", "*"),
                Stream.concat(Stream.of("git", "-C", checkout.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
