package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Reason;
import java.util.Arrays;
import java.util.Optional;

/** What supervisors find wrong with the source tree and what is made of it. */
enum TreeProblem {
    FOLDER_NOT_FOUND(
            Reason.SOURCE_FOLDER_NOT_FOUND,
            true,
            "The tree of claim %s lacks %s. Add it, or let the claim show the right tree."),
    UNREADABLE(
            Reason.SOURCE_UNREADABLE,
            true,
            "Pods cannot read %2$s of the tree of claim %1$s: its owner or mode forbids it to user 65534. Run chmod -R a+rX on the tree."),
    REPLACED(
            Reason.SOURCE_REPLACED,
            true,
            "%2$s of the tree of claim %1$s was replaced after the pods had started, and they still see the old one. Run make backend_reload frontend_restart, or kubectl rollout restart."),
    BACKEND_ENDED(
            Reason.BACKEND_ENDED,
            true,
            "The command of the back end ended with \"%2$s\". Correct the tree of claim %1$s; the command starts again after the next change."),
    FRONTEND_ENDED(
            Reason.FRONTEND_ENDED,
            true,
            "The command of the front end ended with \"%2$s\". Correct the tree of claim %1$s; the command starts again after the next change."),
    PREPARATION_FAILED(
            "PreparationFailed",
            Reason.INSTALL_FAILED,
            false,
            "The front end's files cannot be prepared from the tree of claim %s: \"%s\". Correct what the message names; it is tried again every second."),
    LOCK_OUT_OF_SYNC(
            Reason.LOCK_FILE_OUT_OF_SYNC,
            false,
            "src/frontend/package-lock.json does not fit package.json of the tree of claim %s (%s). Run npm install in src/frontend; modules that are installed already are used until then."),
    INSTALL_FAILED(
            Reason.INSTALL_FAILED,
            false,
            "npm cannot install the modules of the tree of claim %s: \"%s\". Correct package.json, or the way to the package registry; it is tried again every 30 s."),
    FILE_UNREADABLE(
            "FileUnreadable",
            Reason.SOURCE_UNREADABLE,
            false,
            "Pods cannot read %2$s of the tree of claim %1$s: its owner or mode forbids it to user 65534. Run chmod a+r on it if the application needs it."),
    PROXY_HOST_NOT_FOUND(
            Reason.PROXY_HOST_NOT_FOUND,
            false,
            "The proxy line of src/frontend/package.json of the tree of claim %s names host %s, which does not resolve. Name host expungeservice, which leads to the back end.");

    private final String word;
    private final Reason reason;
    private final boolean fatal;
    private final String message;

    TreeProblem(Reason reason, boolean fatal, String message) {
        this(reason.toString(), reason, fatal, message);
    }

    /** @param word for it in reports, where the reason alone does not tell it from others */
    TreeProblem(String word, Reason reason, boolean fatal, String message) {
        this.word = word;
        this.reason = reason;
        this.fatal = fatal;
        this.message = message;
    }

    /** The problem that a report names, if it is one of these. */
    static Optional<TreeProblem> of(PartReport report) {
        return Arrays.stream(values())
                .filter(problem -> problem.word.equals(report.problem()))
                .findFirst();
    }

    Reason reason() {
        return reason;
    }

    /** Whether the site cannot show the tree; otherwise it goes on with what it had. */
    boolean isFatal() {
        return fatal;
    }

    /** For a person, with the paths as they are in the tree. */
    String message(String claim, String detail) {
        return message.formatted(claim, inTree(detail));
    }

    /** A path in a pod as it is in the tree. */
    static String inTree(String detail) {
        return detail.equals(PartPods.SOURCE_PATH)
                ? "The top folder"
                : detail.replaceFirst("^" + PartPods.SOURCE_PATH + "/", "");
    }
}
