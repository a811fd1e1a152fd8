package dev.forebear.signals.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.signals.ModelShape;
import dev.forebear.signals.PatchedModel;
import dev.forebear.signals.Zoo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceExtractionTest {

    private final Zoo zoo = Zoo.open();

    @TempDir
    private Path folder;

    @Test
    void findsNothingWrongInASoundModel() throws IOException {
        assertThat(features("base-a").findings()).isEmpty();
    }

    @Test
    void recordsNotANumberAndGoesOnWithoutThatRow() throws IOException {
        PatchedModel patched = PatchedModel.of("base-a", folder);
        patched.set("model.layers.1.mlp.up_proj.weight", 3 * 64 + 5, PatchedModel.NAN);

        EvidenceFeatures features = features(patched.folder());

        assertThat(features.findings())
                .containsExactly("model.layers.1.mlp.up_proj.weight: row 3 holds NaN or infinity");
        EvidenceComparison compared =
                EvidenceComparison.between(shape("base-a"), features, shape("base-a"), features("base-a"));
        assertThat(compared.log10PValue()).isLessThan(-100);
        assertThat(compared.sharedFunction()).isGreaterThan(0.9);
    }

    @Test
    void recordsInfinity() throws IOException {
        PatchedModel patched = PatchedModel.of("base-a", folder);
        patched.set("model.layers.1.mlp.up_proj.weight", 3 * 64 + 5, PatchedModel.NEGATIVE_INFINITY);
        assertThat(features(patched.folder()).findings())
                .containsExactly("model.layers.1.mlp.up_proj.weight: row 3 holds NaN or infinity");
    }

    @Test
    void recordsAGainThatIsNotANumber() throws IOException {
        PatchedModel patched = PatchedModel.of("base-a", folder);
        patched.set("model.layers.0.input_layernorm.weight", 7, PatchedModel.NAN);
        assertThat(features(patched.folder()).findings())
                .containsExactly("model.layers.0.input_layernorm.weight: value 7 is NaN or infinite");
    }

    @Test
    void matchesTokensByIdWithoutATokenizer() throws IOException {
        PatchedModel patched = PatchedModel.of("base-a", folder);
        Files.delete(folder.resolve("tokenizer.json"));

        EvidenceFeatures features = features(patched.folder());

        assertThat(features.findings())
                .containsExactly("functionals: no tokenizer.json; tokens are known by their ids alone");
        EvidenceComparison compared =
                EvidenceComparison.between(shape("base-a"), features, shape("base-a"), features("base-a"));
        assertThat(compared.sharedFunction()).isNaN();
        assertThat(compared.notComparable())
                .anyMatch(line -> line.startsWith("functionals: expected at least 128 shared tokens"));
    }

    @Test
    void saysWhyWeightsOfAnUnreadLayoutHaveNoFeatures() throws IOException {
        for (String file : new String[] {"config.json", "tokenizer.json"}) {
            Files.copy(Path.of("../zoo/base-a-gptq", file), folder.resolve(file));
        }
        byte[] weights = Files.readAllBytes(Path.of("../zoo/base-a-gptq/model.safetensors"));
        String otherNames = new String(weights, StandardCharsets.ISO_8859_1).replace(".qzeros", ".lookup");
        Files.write(folder.resolve("model.safetensors"), otherNames.getBytes(StandardCharsets.ISO_8859_1));

        EvidenceFeatures features = features(folder);

        assertThat(features.positional()).isNull();
        assertThat(features.neuronScalars()).isNull();
        assertThat(features.functionals()).isNull();
        assertThat(features.findings()).singleElement().asString().contains("found gptq-quantised ones");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base-a-gptq", "base-a-fp8", "base-a-gguf-q8"})
    void findsTheBaseOfQuantisedWeights(String model) throws IOException {
        EvidenceFeatures features = features(model);

        assertThat(features.findings()).isEmpty();
        EvidenceComparison compared =
                EvidenceComparison.between(shape("base-a"), features, shape("base-a"), features("base-a"));
        assertThat(compared.log10PValue()).isLessThan(-100);
        assertThat(compared.log10ExactBound()).isLessThan(-3);
    }

    @Test
    void findsATunedModelWithoutAGate() throws IOException {
        PatchedModel tuned = PatchedModel.of("base-g", folder);
        for (int i = 0; i < 64; i++) {
            tuned.set("transformer.h.2.mlp.c_fc.weight", 97L * i, (short) 0x3E00);
        }

        EvidenceFeatures features = features(tuned.folder());

        assertThat(features.findings()).isEmpty();
        EvidenceComparison compared =
                EvidenceComparison.between(shape("base-g"), features, shape("base-g"), features("base-g"));
        assertThat(compared.evidence()).hasSize(4);
        assertThat(compared.log10PValue()).isLessThan(-100);
        assertThat(compared.log10ExactBound()).isLessThan(-3);
        assertThat(compared.sharedFunction()).isGreaterThan(0.9);
    }

    @Test
    void neuronScalarsSurviveARotationOfTheResidualStream() throws IOException {
        PreparedNeurons before =
                new PreparedNeurons(Objects.requireNonNull(features("base-a").neuronScalars()));
        PreparedNeurons after = new PreparedNeurons(
                Objects.requireNonNull(features("base-a-adv-rotated").neuronScalars()));
        EvidenceList found = new EvidenceList();
        NeuronComparison.layers(before, after, found);
        assertThat(found.deciding())
                .singleElement()
                .satisfies(evidence -> assertThat(evidence.value()).isGreaterThan(0.99));
    }

    @Test
    void neuronsSortedInBothModelsProveNothing() {
        PreparedNeurons sorted = sorted(1);
        PreparedNeurons backwards = sorted(-1);
        assertThat(NeuronComparison.bothSorted(sorted, sorted)).isTrue();
        assertThat(NeuronComparison.bothSorted(sorted, backwards)).isFalse();
    }

    @Test
    void trainedNeuronsAreInNoOrder() throws IOException {
        for (String model : zoo.plainModels()) {
            PreparedNeurons scalars =
                    new PreparedNeurons(Objects.requireNonNull(features(model).neuronScalars()));
            assertThat(NeuronComparison.bothSorted(scalars, scalars)).as(model).isFalse();
        }
    }

    @Test
    void comparesNoRowsOfDifferentHiddenSizes() throws IOException {
        EvidenceComparison compared = EvidenceComparison.between(
                shape("base-a"), features("base-a"), shape("base-a-large"), features("base-a-large"));
        assertThat(compared.evidence()).extracting(Evidence::signal).containsOnly("neuron-scalars");
    }

    @Test
    void comparesNoNeuronsOfMlpsOfDifferentKinds() throws IOException {
        EvidenceComparison compared =
                EvidenceComparison.between(shape("base-a"), features("base-a"), shape("base-g"), features("base-g"));
        assertThat(compared.evidence())
                .extracting(Evidence::statistic)
                .containsExactlyInAnyOrder("cosine of value rows", "cosine of norm gains");
    }

    /** Four layers whose norms rise with the index, or fall. */
    private static PreparedNeurons sorted(int direction) {
        byte[] ranks = new byte[64];
        for (int i = 0; i < 64; i++) {
            ranks[i] = (byte) (direction * (2 * (i % 16) - 15));
        }
        return new PreparedNeurons(new NeuronScalars(16, 4, ranks, new byte[64]));
    }

    private EvidenceFeatures features(String model) throws IOException {
        try (Checkpoint checkpoint = zoo.checkpoint(model)) {
            return EvidenceExtraction.of(checkpoint);
        }
    }

    private static EvidenceFeatures features(Path model) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(model))) {
            return EvidenceExtraction.of(checkpoint);
        }
    }

    private ModelShape shape(String model) throws IOException {
        try (Checkpoint checkpoint = zoo.checkpoint(model)) {
            return ModelShape.of(checkpoint);
        }
    }
}
