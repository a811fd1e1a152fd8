package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import dev.forebear.signals.confirmation.LayerMatrix;
import dev.forebear.signals.evidence.RowSample.Positions;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All statistics of two checkpoints whose weights are both at hand. Reads rows, embeddings of shared tokens and gains:
 * about 0.7 GB of two models of 7 billion parameters together.
 *
 * @param deciding evidence that the verdict rests on: rows and neuron scalars
 * @param reported evidence that it does not rest on: residual dimensions, gains, functionals
 * @param layers z and similarity of every pair of layers; null when hidden sizes differ
 * @param sharedFunction cosine of the functionals; NaN when fewer than 128 tokens are shared
 * @param findings why a statistic is missing, and what is wrong in the weights
 */
public record WeightComparison(
        List<Evidence> deciding,
        List<Evidence> reported,
        @Nullable LayerMatrix layers,
        double sharedFunction,
        List<String> findings) {

    private static final int TOKENS = 1024;

    public WeightComparison {
        deciding = List.copyOf(deciding);
        reported = List.copyOf(reported);
        findings = List.copyOf(findings);
    }

    /**
     * @throws CheckpointException UNSUPPORTED when the tensors of either are not recognised
     * @throws IOException if a storage could not be read
     */
    public static WeightComparison between(Checkpoint first, Checkpoint second) throws IOException {
        Findings findings = new Findings();
        Transformer a = first.transformer();
        Transformer b = second.transformer();
        SharedTokens shared = shared(first, a, second, b, findings);
        Optional<RowTest> rows = rows(a, b, findings);
        List<Evidence> deciding = new ArrayList<>();
        rows.flatMap(RowTest::evidence).ifPresent(deciding::add);
        deciding.addAll(ScalarTest.evidence(a, b, findings));
        List<Evidence> reported = new ArrayList<>();
        DimensionTest.evidence(a, b, shared, findings).ifPresent(reported::add);
        GainTest.evidence(a, b, findings).ifPresent(reported::add);
        int[] best = rows.map(RowTest::best).orElse(new int[] {0, 0});
        Optional<ExactFunctionals> functionals = ExactFunctionals.of(a, b, shared, best, findings);
        functionals.ifPresentOrElse(
                found -> reported.addAll(evidence(found)),
                () -> findings.add("functionals: expected at least " + Anchors.FEWEST + " shared tokens, found "
                        + shared.first().size()));
        return new WeightComparison(
                deciding,
                reported,
                rows.map(RowTest::matrix).orElse(null),
                functionals.map(ExactFunctionals::sharedFunction).orElse(Double.NaN),
                findings.lines());
    }

    private static Optional<RowTest> rows(Transformer a, Transformer b, Findings findings) throws IOException {
        if (a.hiddenSize() != b.hiddenSize()) {
            findings.add("rows, residual dimensions and gains: expected equal hidden sizes, found " + a.hiddenSize()
                    + " and " + b.hiddenSize());
            return Optional.empty();
        }
        Positions positions = Positions.within(a, b);
        RowSample rowsOfA = RowSample.read(a, positions, findings);
        RowSample rowsOfB = RowSample.read(b, positions, findings);
        RowTest test = RowTest.of(rowsOfA, rowsOfB, positions.exchangeable());
        return test.evidence().isEmpty() ? Optional.empty() : Optional.of(test);
    }

    private static SharedTokens shared(
            Checkpoint first, Transformer a, Checkpoint second, Transformer b, Findings findings) throws IOException {
        int rowsOfA = a.embedding().rows();
        int rowsOfB = b.embedding().rows();
        Tokenizer tokenizerOfA = EvidenceExtraction.tokenizer(first, findings);
        Tokenizer tokenizerOfB = EvidenceExtraction.tokenizer(second, findings);
        if (tokenizerOfA != null && tokenizerOfB != null) {
            return SharedTokens.of(tokenizerOfA.tokens(), rowsOfA, tokenizerOfB.tokens(), rowsOfB, TOKENS);
        }
        findings.add("tokens: not both have a tokenizer.json, so they are matched by their ids alone");
        return SharedTokens.of(Anchors.byId(rowsOfA), rowsOfA, Anchors.byId(rowsOfB), rowsOfB, TOKENS);
    }

    private static List<Evidence> evidence(ExactFunctionals functionals) {
        return List.of(
                functional("cosine of the MLP functional, best pair of layers", functionals.feedForward()),
                functional("cosine of the attention functional, best pair of layers", functionals.queryKey()));
    }

    // Independent models converge to similar functions, so there is no exact null and no p-value.
    private static Evidence functional(String statistic, double[][] cosines) {
        return new Evidence(
                "functionals",
                statistic,
                ExactFunctionals.largest(cosines),
                0,
                0.03,
                0,
                0,
                "none: guards against a shared initialisation, proves nothing");
    }
}
