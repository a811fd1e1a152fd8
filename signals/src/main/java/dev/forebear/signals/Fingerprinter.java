package dev.forebear.signals;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.plan.ReadPlan;
import dev.forebear.checkpoint.storage.ReadProgress;
import java.io.IOException;

/** Makes the fingerprint of a checkpoint. The same bytes in give the same fingerprint on every machine. */
public final class Fingerprinter {

    private Fingerprinter() {}

    /** What {@link #fingerprint} will read of the weights; reads none of them. */
    public static ReadPlan plan(Checkpoint checkpoint) throws IOException {
        return ReadPlan.of(new FingerprintExtraction(checkpoint).steps());
    }

    /** As {@link #fingerprint(Checkpoint, ReadProgress)}, with nobody watching. */
    public static Fingerprint fingerprint(Checkpoint checkpoint) throws IOException {
        return fingerprint(checkpoint, ReadProgress.UNWATCHED);
    }

    /**
     * Reads samples of every tensor, in the order digest, peer features, evidence features.
     *
     * @param progress told how much of what was planned has been read
     * @throws dev.forebear.checkpoint.CheckpointException if the checkpoint itself is to blame
     * @throws IOException if the storage could not be reached
     */
    public static Fingerprint fingerprint(Checkpoint checkpoint, ReadProgress progress) throws IOException {
        ReadPlan plan = plan(checkpoint);
        var extraction = new FingerprintExtraction(checkpoint);
        plan.carryOut(extraction.steps(), progress);
        return extraction.fingerprint();
    }
}
