package dev.forebear.signals;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.plan.ReadStep;
import dev.forebear.signals.evidence.EvidenceExtraction;
import dev.forebear.signals.peer.PeerExtraction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes one fingerprint, step by step. What describes the weights is read at once, the weights are by the steps. */
final class FingerprintExtraction {

    private final Checkpoint checkpoint;
    private final long parameters;
    private final ModelShape shape;
    private final PeerExtraction peer;
    private final EvidenceExtraction evidence;
    private byte[] digest = {};

    FingerprintExtraction(Checkpoint checkpoint) throws IOException {
        this.checkpoint = checkpoint;
        this.parameters =
                checkpoint.weights().stream().mapToLong(Tensor::elements).reduce(0, Math::addExact);
        this.shape = ModelShape.of(checkpoint);
        this.peer = new PeerExtraction(checkpoint);
        this.evidence = new EvidenceExtraction(checkpoint);
    }

    /** To be run in this order, once. */
    List<ReadStep> steps() {
        List<ReadStep> steps = new ArrayList<>();
        steps.add(new ReadStep("weights digest", () -> digest = WeightsDigest.of(checkpoint)));
        steps.addAll(peer.steps());
        steps.addAll(evidence.steps());
        return List.copyOf(steps);
    }

    /** What the steps made. */
    Fingerprint fingerprint() {
        return new Fingerprint(
                Fingerprint.ALGORITHM_VERSION, digest, parameters, shape, peer.features(), evidence.features());
    }
}
