package dev.forebear.signals;

import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.Judgement.Basis;
import dev.forebear.signals.confirmation.ColumnMap;
import dev.forebear.signals.confirmation.LayerMatrix;
import dev.forebear.signals.confirmation.NullPValues;
import dev.forebear.signals.confirmation.WeightComparison;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.evidence.EvidenceComparison;
import dev.forebear.signals.laundered.Decoys;
import dev.forebear.signals.laundered.LaunderedComparison;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two checkpoints head to head, from the weights of both.
 *
 * @param compared the evidence, combined as that of fingerprints is
 * @param layers z and similarity of every pair of layers, to be drawn; null when hidden sizes differ
 * @param laundered what is alike whatever the coordinates
 * @param columns which residual dimensions go with which; null unless they were dropped, reordered or negated
 * @param embeddingInherited whether the residual dimensions agree, which alone means that the embedding was inherited
 *     and nothing about the body
 * @param layerPValues p-values of every pair of layers before the best is chosen, uniform for independent models
 * @param notComparable statistics that could not be computed, "signal: why" each
 * @param findings what is wrong in the weights
 * @param declared what follows from what adapters were put on, where agreement proves nothing; null where weights
 *     decide
 */
public record CheckpointComparison(
        Compared compared,
        @Nullable LayerMatrix layers,
        LaunderedComparison laundered,
        @Nullable ColumnMap columns,
        boolean embeddingInherited,
        List<NullPValues> layerPValues,
        List<String> notComparable,
        List<String> findings,
        @Nullable Verdict declared) {

    private static final double CERTAIN = -300;
    private static final double EMBEDDING_INHERITED = -9;

    public CheckpointComparison {
        layerPValues = List.copyOf(layerPValues);
        notComparable = List.copyOf(notComparable);
        findings = List.copyOf(findings);
    }

    /**
     * Symmetric in the two.
     *
     * @throws IOException if a storage could not be read
     */
    public static CheckpointComparison between(ModelWeights a, ModelWeights b) throws IOException {
        boolean same = Arrays.equals(WeightsDigest.of(a), WeightsDigest.of(b));
        WeightComparison weights = WeightComparison.between(a, b);
        EvidenceComparison found = EvidenceComparison.combined(
                weights.deciding(), weights.families(), weights.reported(), weights.sharedFunction());
        Compared compared = new Compared(
                found.evidence(),
                same ? CERTAIN : found.log10PValue(),
                same ? CERTAIN : found.log10ExactBound(),
                same ? 1 : found.effectSize(),
                same ? 1 : found.sharedFunction(),
                same,
                weights.notComparable());
        return new CheckpointComparison(
                compared,
                weights.layers(),
                weights.laundered(),
                weights.columns(),
                weights.reported().stream().anyMatch(CheckpointComparison::provesTheEmbedding),
                weights.nullPValues(),
                weights.notComparable(),
                Stream.concat(a.findings().stream(), b.findings().stream())
                        .distinct()
                        .toList(),
                declared(a, b));
    }

    private static @Nullable Verdict declared(ModelWeights a, ModelWeights b) {
        if (a.isAdapterOn(b) || b.isAdapterOn(a)) {
            return Verdict.DERIVED;
        }
        String base = a.checkpoint().adapterBase();
        return base != null && base.equals(b.checkpoint().adapterBase()) ? Verdict.SHARES_AN_ANCESTOR : null;
    }

    /** The verdict as if the second had been found among so many; the smallest number that is used is 1,000. */
    public Judgement judge(long registrySize) {
        return judge(registrySize, Decoys.NONE);
    }

    /**
     * The verdict as if the second had been found among so many. Exact statistics come first; where they are silent,
     * what is alike whatever the coordinates is held against unrelated models.
     *
     * @param decoys what unrelated models of the registry reach
     */
    public Judgement judge(long registrySize, Decoys decoys) {
        if (declared != null && !compared.sameWeights()) {
            return Judgement.declared(declared);
        }
        Judgement exact = Judgement.judge(compared, registrySize);
        if (exact.verdict() != Verdict.NO_EVIDENCE) {
            return exact;
        }
        if (laundered.showsLineage(decoys) || laundered.neuronsAgree()) {
            boolean shared =
                    laundered.showsLineage(decoys) && !(compared.sharedFunction() < Judgement.SMALLEST_SHARED_FUNCTION);
            return new Judgement(
                    shared ? Verdict.DERIVED : Verdict.SHARED_INITIALISATION_OR_LINEAGE,
                    Judgement.log10EValue(log10EmpiricalPValue(), registrySize),
                    Basis.EMPIRICAL);
        }
        return compared.evidence().isEmpty()
                ? new Judgement(Verdict.NOT_COMPARABLE, exact.log10EValue(), Basis.EXACT)
                : exact;
    }

    /** What the assumptions of the laundered statistics support, and no less. */
    private double log10EmpiricalPValue() {
        return laundered.evidence().stream()
                .mapToDouble(Evidence::log10PValue)
                .min()
                .orElse(0);
    }

    private static boolean provesTheEmbedding(Evidence evidence) {
        boolean ofDimensions = evidence.signal().equals("residual-dimensions")
                || evidence.signal().equals("matched-dimensions");
        return ofDimensions && evidence.log10PValue() <= EMBEDDING_INHERITED;
    }
}
