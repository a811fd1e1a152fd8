package dev.forebear.signals.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.signals.ModelShape;
import dev.forebear.signals.weights.Findings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a statistic cannot mean anything it says why; no comparison makes a number of bad input. */
class BadInputTest {

    private static final SyntheticModel.Common COMMON = new SyntheticModel.Common(64);
    private static final int LAYERS = 4;

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 0, 0.25f})
    void saysThatRowsOfOneValueCannotBeCompared(float value) throws IOException {
        PreparedEvidence spoilt = prepared(model(1).spoiledBy((name, row, drawn) -> value), LAYERS);

        EvidenceComparison compared = compared(spoilt, prepared(model(2), LAYERS));

        assertThat(compared.evidence()).extracting(Evidence::statistic).containsOnly("cosine of norm gains");
        assertThat(compared.log10PValue()).isZero();
        assertThat(compared.sharedFunction()).isNaN();
        assertThat(compared.embeddingGeometry()).isNaN();
        assertThat(compared.notComparable())
                .contains(
                        "positional-sketch: cosine of gate and up rows: no rows, or constant ones, in one",
                        "positional-sketch: cosine of value rows: no rows, or constant ones, in one",
                        "neuron-scalars: all neurons of a model are alike")
                .anyMatch(line -> line.startsWith("functionals: "))
                .anyMatch(line -> line.startsWith("embedding-geometry: "));
    }

    @Test
    void saysThatConstantGainsCannotBeCompared() throws IOException {
        PreparedEvidence folded = prepared(withoutGains(model(1).transformer(LAYERS, 192, 4, 16)));
        assertThat(compared(folded, prepared(model(2), LAYERS)).notComparable())
                .containsExactly("positional-sketch: cosine of norm gains: no gains, or constant ones, in one");
    }

    @Test
    void saysThatMissingRolesCannotBeCompared() throws IOException {
        PreparedEvidence bare = prepared(withLayers(
                model(1).transformer(LAYERS, 192, 4, 16),
                layer -> new Layer(
                        layer.index(),
                        layer.attentionNormGain(),
                        null,
                        layer.mlpNormGain(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of())));
        assertThat(compared(bare, prepared(model(2), LAYERS)).notComparable())
                .containsExactly(
                        "positional-sketch: cosine of gate and up rows: only one of the MLPs has a gate",
                        "positional-sketch: cosine of value rows: no rows, or constant ones, in one",
                        "neuron-scalars: not recorded in one",
                        "functionals: not recorded in one",
                        "embedding-geometry: not recorded in one");
    }

    @Test
    void strangersOfOneLayerAreComparedAndNotAccused() throws IOException {
        EvidenceComparison compared = compared(prepared(model(1), 1), prepared(model(2), 1));
        assertThat(compared.evidence()).hasSize(4);
        assertThat(compared.log10PValue()).isGreaterThan(-3);
        assertThat(compared.log10ExactBound()).isZero();
    }

    @Test
    void oneTokenInCommonIsNotEnough() {
        EvidenceList found = new EvidenceList();
        FunctionalComparison compared = FunctionalComparison.between(functionals(0, 256), functionals(255, 256), found);
        assertThat(compared.sharedFunction()).isNaN();
        assertThat(compared.embeddingGeometry()).isNaN();
        assertThat(found.notComparable())
                .containsExactly(
                        "functionals: expected at least 128 shared tokens, found 1",
                        "embedding-geometry: expected at least 128 shared tokens, found 1");
    }

    @Test
    void modelsThatShareNothingAreNotCompared() {
        PreparedEvidence empty = new PreparedEvidence(shape(64), new EvidenceFeatures(null, null, null, List.of()));
        EvidenceComparison compared = compared(empty, empty);
        assertThat(compared.evidence()).isEmpty();
        assertThat(compared.log10PValue()).isZero();
        assertThat(compared.log10ExactBound()).isZero();
        assertThat(compared.effectSize()).isZero();
        assertThat(compared.notComparable())
                .containsExactly(
                        "positional-sketch: not recorded in both",
                        "neuron-scalars: not recorded in both",
                        "functionals: not recorded in both",
                        "embedding-geometry: not recorded in both");
    }

    @Test
    void neuronsThatBothModelsSortByNormProveNothing() throws IOException {
        PreparedEvidence first = prepared(model(1).spoiledBy((name, row, drawn) -> drawn * (row + 1)), LAYERS);
        PreparedEvidence second = prepared(model(2).spoiledBy((name, row, drawn) -> drawn * (row + 1)), LAYERS);
        EvidenceComparison compared = compared(first, second);
        assertThat(compared.notComparable())
                .contains(
                        "positional-sketch: cosine of gate and up rows: both models have their neurons sorted by norm",
                        "neuron-scalars: both models have their neurons sorted by norm");
        assertThat(compared.log10PValue()).isGreaterThan(-3);
    }

    @Test
    void rowsPaddedInBothModelsProveNothing() throws IOException {
        SyntheticModel.Spoiler padded = (name, row, drawn) -> row >= 6 ? 0 : drawn;
        List<Double> found = new ArrayList<>();
        for (int seed = 0; seed < 40; seed += 2) {
            EvidenceComparison compared = compared(
                    prepared(model(seed).spoiledBy(padded), LAYERS),
                    prepared(model(seed + 1).spoiledBy(padded), LAYERS));
            assertThat(compared.notComparable()).contains("neuron-scalars: all neurons of a model are alike");
            found.add(compared.log10PValue());
        }
        assertThat(found).allSatisfy(log10PValue -> assertThat(log10PValue).isGreaterThan(-3.5));
    }

    @Test
    void everyNumberIsANumber() throws IOException {
        List<PreparedEvidence> models = List.of(
                prepared(model(1), LAYERS),
                prepared(model(2).spoiledBy((name, row, drawn) -> row == 3 ? Float.NaN : drawn), LAYERS),
                prepared(model(3).spoiledBy((name, row, drawn) -> 0), LAYERS),
                prepared(model(4), 1),
                prepared(model(1).spoiledBy((name, row, drawn) -> drawn * 1e18f), LAYERS));
        for (PreparedEvidence a : models) {
            for (PreparedEvidence b : models) {
                EvidenceComparison compared = compared(a, b);
                assertThat(compared.log10PValue()).isBetween(-300.0, 0.0);
                assertThat(compared.log10ExactBound()).isBetween(-300.0, 0.0);
                assertThat(compared.effectSize()).isBetween(-1.0, 1.0);
                assertThat(a.log10Screen(b)).isBetween(-300.0, 0.0);
                assertThat(compared.evidence()).allSatisfy(evidence -> {
                    assertThat(evidence.value()).isBetween(-1.0, 1.0);
                    assertThat(evidence.nullDeviation()).isPositive().isFinite();
                });
            }
        }
    }

    private static SyntheticModel model(long seed) {
        return new SyntheticModel(seed, COMMON);
    }

    private static PreparedEvidence prepared(SyntheticModel model, int layers) throws IOException {
        return prepared(model.transformer(layers, 192, 4, 16));
    }

    private static PreparedEvidence prepared(Transformer transformer) throws IOException {
        Findings findings = new Findings();
        ModelShape shape = new ModelShape(
                "llama", 64, transformer.layers().size(), 192, 4, 4, 16, 512, 1, transformer.gated(), true, "BF16");
        return new PreparedEvidence(
                shape,
                new EvidenceFeatures(
                        new PositionalSketcher(transformer, findings).sketch(),
                        new NeuronRanker(transformer, findings).rank(),
                        new FunctionalProjector(transformer, findings).project(null),
                        findings.lines()));
    }

    private static ModelShape shape(int hiddenSize) {
        return new ModelShape("llama", hiddenSize, LAYERS, 192, 4, 4, 16, 512, 1, true, true, "BF16");
    }

    private static EvidenceComparison compared(PreparedEvidence a, PreparedEvidence b) {
        return EvidenceComparison.between(a, b);
    }

    private static Transformer withoutGains(Transformer model) {
        Transformer bare = withLayers(
                model,
                layer -> new Layer(
                        layer.index(), null, null, null, null, null, null, layer.value(), null, layer.mlps()));
        return new Transformer(
                bare.layout(),
                bare.normalisation(),
                bare.hiddenSize(),
                bare.intermediateSize(),
                bare.attentionHeads(),
                bare.keyValueHeads(),
                bare.headSize(),
                bare.embedding(),
                bare.outputHead(),
                bare.tied(),
                null,
                bare.layers());
    }

    private static Transformer withLayers(Transformer model, UnaryOperator<Layer> change) {
        return new Transformer(
                model.layout(),
                model.normalisation(),
                model.hiddenSize(),
                model.intermediateSize(),
                model.attentionHeads(),
                model.keyValueHeads(),
                model.headSize(),
                model.embedding(),
                model.outputHead(),
                model.tied(),
                model.finalNormGain(),
                model.layers().stream().map(change).toList());
    }

    /** One layer of something, of tokens whose hashes are consecutive numbers. */
    private static PreparedFunctionals functionals(int firstAnchor, int anchors) {
        byte[] matrix = new byte[40 * 40];
        Arrays.fill(matrix, (byte) 1);
        byte[] geometry = new byte[820];
        Arrays.fill(geometry, (byte) 1);
        ByteBuffer hashes = ByteBuffer.allocate(2 * anchors);
        for (int i = 0; i < anchors; i++) {
            hashes.putShort((short) (firstAnchor + i));
        }
        return new PreparedFunctionals(new Functionals(40, matrix, matrix, hashes.array(), geometry));
    }
}
