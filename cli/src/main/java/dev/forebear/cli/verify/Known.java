package dev.forebear.cli.verify;

import dev.forebear.schemas.wire.ModelFingerprint;
import java.io.IOException;
import java.time.Instant;

/** Models that a checkpoint is held against: those of a file or a folder, or of a running instance. */
interface Known {

    /** @throws IOException when they cannot be reached */
    Held hold(ModelFingerprint model, Instant now) throws IOException, InterruptedException;
}
