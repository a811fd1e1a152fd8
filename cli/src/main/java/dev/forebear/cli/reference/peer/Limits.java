package dev.forebear.cli.reference.peer;

import dev.forebear.signals.peer.PeerVectors;
import java.io.IOException;

/** What a database may claim. */
final class Limits {

    static final int LAYERS = PeerVectors.MOST_LAYERS;
    static final int BINS = 1_024;

    private Limits() {}

    static int require(String what, long found, int most) throws IOException {
        if (found < 0 || found > most) {
            throw new IOException(what + ": expected a number from 0 to " + most + ", found " + found);
        }
        return (int) found;
    }
}
