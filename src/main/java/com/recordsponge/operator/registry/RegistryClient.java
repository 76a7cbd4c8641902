package com.recordsponge.operator.registry;

import java.util.Optional;

/** Asks a registry for the digest of an image. */
@FunctionalInterface
public interface RegistryClient {

    /**
     * Waits for the answer, for a bounded time.
     *
     * @param last the last reply to the same question, if there is one
     */
    RegistryReply ask(DigestQuery question, Optional<RegistryReply> last);
}
