package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.Replay;
import java.util.stream.Stream;

/**
 * What a replay found. Whoever asks twice is given the same, in the same order: by the time of the upload, then by
 * model version id.
 */
public interface Audit {

    /** What was asked, and all that the answer depends on. */
    Replay replay();

    /**
     * The uploads, one by one, so that a hundred thousand of them need not fit into memory; to be closed. Several
     * threads may ask at the same time.
     */
    Stream<AuditedModel> models();
}
