package com.recordsponge.operator.dev;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.recordsponge.operator.plan.OneLine;
import com.recordsponge.operator.plan.Times;
import java.util.Optional;

/**
 * What a supervisor reports. Programs of the source tree run in the same container and can answer in its place: nothing of
 * it is trusted.
 *
 * @param problem a reason; null if nothing is wrong
 * @param detail what the problem is about: a path, or npm's words
 * @param image current, outdated or unknown: whether the image was built from the tree's Pipfile.lock
 * @param polling whether files are polled, for lack of inotify watches
 * @param result passed or failed; null before the first
 * @param at when the result was first this one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PartReport(
        String problem,
        String detail,
        String image,
        boolean polling,
        String result,
        Integer passed,
        Integer failed,
        String at) {

    /** In bytes, with the line break. */
    static final int LONGEST = 4096;

    private static final int LONGEST_DETAIL = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a report; empty if the text is none. */
    static Optional<PartReport> parse(String line) {
        try {
            return Optional.ofNullable(JSON.readValue(line, PartReport.class)).map(PartReport::printable);
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private PartReport printable() {
        return new PartReport(
                problem,
                detail == null ? "" : OneLine.quotable(detail, LONGEST_DETAIL),
                image,
                polling,
                result,
                count(passed),
                count(failed),
                Times.parse(at).isPresent() ? at : null);
    }

    private static Integer count(Integer number) {
        return number == null || number < 0 ? null : number;
    }
}
