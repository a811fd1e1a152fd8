package dev.forebear.signals;

import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.evidence.EvidenceComparison;
import dev.forebear.signals.confirmation.LayerMatrix;
import dev.forebear.signals.evidence.WeightComparison;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two checkpoints head to head, from the weights of both.
 *
 * @param compared the evidence, combined as that of fingerprints is
 * @param layers z and similarity of every pair of layers, to be drawn; null when hidden sizes differ
 * @param embeddingInherited whether the residual dimensions agree, which alone means that the embedding was inherited
 *     and nothing about the body
 * @param notComparable statistics that could not be computed, "signal: why" each
 * @param findings what is wrong in the weights
 */
public record CheckpointComparison(
        Compared compared,
        @Nullable LayerMatrix layers,
        boolean embeddingInherited,
        List<String> notComparable,
        List<String> findings) {

    private static final double CERTAIN = -300;
    private static final double EMBEDDING_INHERITED = -9;

    public CheckpointComparison {
        notComparable = List.copyOf(notComparable);
        findings = List.copyOf(findings);
    }

    /**
     * Symmetric in the two.
     *
     * @throws IOException if a storage could not be read
     */
    public static CheckpointComparison between(ModelWeights a, ModelWeights b) throws IOException {
        boolean same = Arrays.equals(WeightsDigest.of(a.checkpoint()), WeightsDigest.of(b.checkpoint()));
        WeightComparison weights = WeightComparison.between(a.checkpoint(), b.checkpoint());
        EvidenceComparison found =
                EvidenceComparison.combined(weights.deciding(), weights.reported(), weights.sharedFunction());
        Compared compared = new Compared(
                found.evidence(),
                same ? CERTAIN : found.log10PValue(),
                same ? CERTAIN : found.log10ExactBound(),
                same ? 1 : found.effectSize(),
                same ? 1 : found.sharedFunction(),
                same,
                weights.findings());
        return new CheckpointComparison(
                compared, weights.layers(), inherited(weights.reported()), weights.findings(), weights.findings());
    }

    /** The verdict as if the second had been found among so many; the smallest number that is used is 1,000. */
    public Judgement judge(long registrySize) {
        return Judgement.judge(compared, registrySize);
    }

    private static boolean inherited(List<Evidence> reported) {
        return reported.stream()
                .anyMatch(evidence -> evidence.signal().equals("residual-dimensions")
                        && evidence.log10PValue() <= EMBEDDING_INHERITED);
    }
}
