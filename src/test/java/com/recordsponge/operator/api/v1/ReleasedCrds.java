package com.recordsponge.operator.api.v1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The CRDs of all releases, one file for each, added by {@code make released}.
 *
 * @param changelog text of CHANGELOG.md, which lists the releases
 * @param folder contains VERSION.yaml for each release; does not exist before the first release
 */
record ReleasedCrds(String changelog, Path folder) {

    private static final String UNRELEASED = "## [Unreleased]";
    private static final Pattern RELEASE =
            Pattern.compile("## \\[(?<version>\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?)] - \\d{4}-\\d{2}-\\d{2}");
    private static final String EXTENSION = ".yaml";

    /** One sentence for each release without a CRD, and for each breaking change since a release. */
    List<String> findings(String crd) throws IOException {
        var findings = new ArrayList<String>();
        var missing = releases(findings);
        for (var version : versions()) {
            if (!missing.remove(version)) {
                findings.add("CHANGELOG.md does not list release %s, of which there is a CRD".formatted(version));
                continue;
            }
            var released = Files.readString(folder.resolve(version + EXTENSION));
            CrdCompatibility.findings(released, crd).forEach(finding -> findings.add(version + ": " + finding));
        }
        missing.forEach(version -> findings.add("release %s has no CRD; run make released".formatted(version)));
        return findings;
    }

    private TreeSet<String> releases(List<String> findings) {
        var releases = new TreeSet<String>();
        changelog.lines().filter(line -> line.startsWith("## ")).forEach(heading -> {
            var release = RELEASE.matcher(heading);
            if (release.matches()) {
                releases.add(release.group("version"));
            } else if (!heading.equals(UNRELEASED)) {
                findings.add("CHANGELOG.md: \"%s\" is neither %s nor like ## [1.2.3] - 2026-12-31"
                        .formatted(heading, UNRELEASED));
            }
        });
        return releases;
    }

    private List<String> versions() throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXTENSION))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .sorted()
                    .toList();
        }
    }
}
