package dev.forebear.signals;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.signals.evidence.EvidenceExtraction;
import dev.forebear.signals.peer.PeerFeatures;
import java.io.IOException;

/** Makes the fingerprint of a checkpoint. The same bytes in give the same fingerprint on every machine. */
public final class Fingerprinter {

    private Fingerprinter() {}

    /**
     * Reads samples of every tensor, in the order digest, peer features, evidence features.
     *
     * @throws dev.forebear.checkpoint.CheckpointException if the checkpoint itself is to blame
     * @throws IOException if the storage could not be reached
     */
    public static Fingerprint fingerprint(Checkpoint checkpoint) throws IOException {
        return new Fingerprint(
                Fingerprint.ALGORITHM_VERSION,
                WeightsDigest.of(checkpoint),
                parameters(checkpoint),
                ModelShape.of(checkpoint),
                PeerFeatures.of(checkpoint),
                EvidenceExtraction.of(checkpoint));
    }

    private static long parameters(Checkpoint checkpoint) throws IOException {
        return checkpoint.weights().stream().mapToLong(Tensor::elements).reduce(0, Math::addExact);
    }
}
