package dev.forebear.signals.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.Judgement.Basis;
import dev.forebear.signals.Verdict;
import dev.forebear.signals.evidence.Evidence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two strangers of one shape and one tokenizer, whose weights are edited alike as nobody trains them. */
class ConfirmationInputTest {

    private static final String NO_ROWS =
            "same-index-rows: expected at least 8 distinct rows in common that vary, found none in any two layers";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(shorts = {EditedModel.NAN, EditedModel.INFINITY, EditedModel.HALF, 0})
    void weightsThatAreAllAlikeAreNotComparable(short bits) throws IOException {
        CheckpointComparison compared = compare(
                EditedModel.of("base-a").fill("proj", bits),
                EditedModel.of("base-c").fill("proj", bits));
        assertThat(compared.notComparable())
                .contains(NO_ROWS)
                .anyMatch(line -> line.startsWith("neuron-scalars: expected"));
        assertThat(compared.layers()).isNull();
        assertThat(compared.judge(1_000).verdict()).isEqualTo(Verdict.NO_EVIDENCE);
    }

    @ParameterizedTest
    @ValueSource(shorts = {EditedModel.NAN, EditedModel.INFINITY, EditedModel.HALF, 0})
    void aModelOfOneValueIsNotComparable(short bits) throws IOException {
        CheckpointComparison compared = compare(EditedModel.of("base-a").fill("", bits), EditedModel.of("base-c"));
        assertThat(compared.compared().evidence()).isEmpty();
        assertThat(compared.compared().log10PValue()).isZero();
        assertThat(compared.judge(1_000).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(compared.notComparable()).hasSizeGreaterThan(5);
    }

    @Test
    void namesTheTensorThatHoldsNaN() throws IOException {
        CheckpointComparison compared =
                compare(EditedModel.of("base-a").fill("layers.2.mlp.gate", EditedModel.NAN), EditedModel.of("base-c"));
        assertThat(compared.findings())
                .anyMatch(line ->
                        line.contains("model.layers.2.mlp.gate_proj.weight") && line.contains("holds NaN or infinity"));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64, 100})
    void paddingThatBothHaveProvesNothing(int from) throws IOException {
        CheckpointComparison zeros = compare(
                EditedModel.of("base-a").fillRows("proj", from, (short) 0),
                EditedModel.of("base-c").fillRows("proj", from, (short) 0));
        assertThat(zeros.compared().log10PValue()).isGreaterThan(-2);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64, 100})
    void rowsThatAreRepeatedProveNothing(int from) throws IOException {
        CheckpointComparison copies = compare(
                EditedModel.of("base-a").repeatFirstRow("proj", from),
                EditedModel.of("base-c").repeatFirstRow("proj", from));
        assertThat(copies.compared().log10PValue()).isGreaterThan(-2);
    }

    @ParameterizedTest
    @CsvSource({"base-a-cpt, DERIVED", "base-c, NO_EVIDENCE"})
    void oneLayerIsEnough(String other, Verdict verdict) throws IOException {
        assertThat(compare(oneLayer("base-a"), oneLayer(other)).judge(1_000).verdict())
                .isEqualTo(verdict);
    }

    @Test
    void oneTokenInCommonLeavesTheRows() throws IOException {
        CheckpointComparison compared = compare(
                EditedModel.of("base-a"),
                EditedModel.of("base-a-cpt").rename(token -> token.equals("e") ? token : "z" + token + "z"));
        assertThat(compared.notComparable())
                .contains(
                        "residual-dimensions: expected at least 8 shared tokens with embeddings of their own, found 1",
                        "neuron-agreement: expected at least 128 shared tokens, found 1");
        assertThat(compared.compared().log10PValue()).isLessThan(-200);
        assertThat(compared.judge(1_000).verdict()).isEqualTo(Verdict.DERIVED);
    }

    @Test
    void findsAReorderedCopyWithoutTokensInCommon() throws IOException {
        CheckpointComparison compared = compare(
                EditedModel.of("base-a"), EditedModel.of("base-a-adv-permuted").rename(token -> "z" + token + "z"));
        assertThat(compared.judge(1_000).verdict()).isEqualTo(Verdict.DERIVED);
        assertThat(compared.judge(1_000).basis()).isEqualTo(Basis.EMPIRICAL);
        assertThat(compared.judge(1_000).log10EValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"base-c, NO_EVIDENCE", "base-a-sameinit, SHARED_INITIALISATION_OR_LINEAGE"})
    void accusesNobodyWithoutTokensInCommon(String other, Verdict verdict) throws IOException {
        CheckpointComparison compared =
                compare(EditedModel.of("base-a"), EditedModel.of(other).rename(token -> "z" + token + "z"));
        assertThat(compared.laundered().tokenFreeValueOutput()).isLessThan(0.15);
        assertThat(compared.judge(1_000).verdict()).isEqualTo(verdict);
    }

    @Test
    void inheritedEmbeddingAloneIsNoLineage() throws IOException {
        EditedModel base = EditedModel.of("base-a");
        CheckpointComparison compared = compare(base, EditedModel.of("base-c").take("model.embed_tokens.weight", base));
        assertThat(compared.embeddingInherited()).isTrue();
        assertThat(compared.judge(1_000).verdict()).isEqualTo(Verdict.NO_EVIDENCE);
        assertThat(compared.judge(1_000).basis()).isEqualTo(Basis.EXACT);
    }

    private static EditedModel oneLayer(String model) throws IOException {
        return EditedModel.of(model)
                .config("num_hidden_layers", 1)
                .without(
                        name -> name.contains("layers.1.") || name.contains("layers.2.") || name.contains("layers.3."));
    }

    private CheckpointComparison compare(EditedModel a, EditedModel b) throws IOException {
        CheckpointComparison compared =
                CheckpointComparison.between(a.write(folder.resolve("a")), b.write(folder.resolve("b")));
        for (Evidence evidence : compared.compared().evidence()) {
            assertThat(DoubleStream.of(evidence.value(), evidence.nullDeviation(), evidence.log10PValue()))
                    .as(evidence.signal())
                    .allMatch(Double::isFinite);
        }
        assertThat(compared.layerPValues().stream().map(NullPValues::values).flatMap(List::stream))
                .allMatch(p -> p >= 0 && p <= 1);
        LayerMatrix layers = compared.layers();
        if (layers != null) {
            assertThat(Arrays.stream(layers.z()).flatMapToDouble(Arrays::stream))
                    .anyMatch(Double::isFinite);
        }
        return compared;
    }
}
