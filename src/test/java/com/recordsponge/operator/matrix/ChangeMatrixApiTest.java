package com.recordsponge.operator.matrix;

import static com.recordsponge.operator.matrix.ChangeMatrix.SELECTED;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes every field of the spec on sites with visitors: no request fails unless the change itself asks for it. */
@Tag("matrix")
class ChangeMatrixApiTest {

    private static final int SITES = 12;
    private static final int REPETITIONS = 3;

    @Test
    void noChangeInterruptsASite() throws IOException {
        new ChangeMatrix(new StubWorld(), "matrix", SITES, REPETITIONS).assertUninterrupted(SELECTED);
    }
}
