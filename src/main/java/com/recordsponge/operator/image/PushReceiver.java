package com.recordsponge.operator.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jboss.logging.Logger;

/** Asks registries again after a notification, or passes it on to the replica that asks them. */
@Singleton
class PushReceiver {

    private static final Logger LOG = Logger.getLogger(PushReceiver.class);

    private final Digests digests;
    private final PushPeers peers;
    private final ObjectMapper json = new ObjectMapper();

    PushReceiver(Digests digests, PushPeers peers) {
        this.digests = digests;
        this.peers = peers;
    }

    /** @param passedOn whether another replica passed it on, which is not to be done twice */
    void receive(byte[] body, boolean passedOn) {
        try {
            var works = digests.pushed(PushNotice.of(json.readTree(body)));
            if (!works && !passedOn) {
                peers.passOn(body);
            }
        } catch (IOException e) {
            // Its message can contain what the sender wrote.
            LOG.debugf("A notification is no JSON document: %s", e.getClass().getSimpleName());
        }
    }
}
