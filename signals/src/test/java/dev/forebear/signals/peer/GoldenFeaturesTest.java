package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equality of what is extracted from each of the zoo's models with what the reference program extracts. */
class GoldenFeaturesTest {

    private static final Offset<Double> TOLERANCE = within(1e-4);

    private static JsonNode golden;

    @BeforeAll
    static void readGoldenValues() throws IOException {
        golden = GoldenZoo.goldenFeatures();
    }

    static Iterable<String> models() {
        return GoldenZoo.models();
    }

    @ParameterizedTest
    @MethodSource("models")
    void architectureHashEqualsTheReference(String model) throws IOException {
        Checkpoint checkpoint = GoldenZoo.open(model);
        ArchitectureFeature feature = ArchitectureFeatures.of(checkpoint.config(), checkpoint.tokenizer());
        assertThat(feature.architectureHash())
                .isEqualTo(golden.path(model).path("mfi").path("arch_hash").asText());
    }

    @ParameterizedTest
    @MethodSource("models")
    void anchorsEqualTheReference(String model) throws IOException {
        WeightFeatures features = WeightFeatures.whole(GoldenZoo.open(model));
        JsonNode expected = golden.path(model);
        assertThat(features.anchors().ids()).containsExactly(integers(expected.path("anchor_ids")));
        for (int i = 0; i < features.anchors().ids().length; i++) {
            assertEqual(
                    features.anchors().cosines()[i],
                    expected.path("eas_self_sim").path(i));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void embeddingNormHistogramEqualsTheReference(String model) throws IOException {
        WeightFeatures features = WeightFeatures.whole(GoldenZoo.open(model));
        assertEqual(features.embeddingNorms().shares(), golden.path(model).path("end_histogram"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void normLayersEqualTheReference(String model) throws IOException {
        NormLayers found = NormLayers.of(GoldenZoo.open(model).tensors());
        JsonNode expected = golden.path(model);
        if (expected.path("nlf_mode").isNull()) {
            assertThat(found).isNull();
            return;
        }
        assertThat(found.mode().label()).isEqualTo(expected.path("nlf_mode").asText());
        assertThat(found.vectors()).isEqualTo(expected.path("nlf_num_layers").asInt());
        assertThat(found.values()).hasSize(expected.path("nlf_length").asInt());
        assertEqual(Arrays.copyOf(found.values(), 16), expected.path("nlf_first16"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void layerEnergiesAndSampledWeightsEqualTheReference(String model) throws IOException {
        JsonNode expected = golden.path(model);
        var layers = LayerMatrices.of(GoldenZoo.open(model).tensors());
        var energies = new TreeMap<Integer, Double>();
        for (Map.Entry<Integer, List<Tensor>> layer : layers.entrySet()) {
            LayerReading reading = LayerReading.whole(layer.getValue());
            energies.put(layer.getKey(), reading.energy());
            String index = layer.getKey().toString();
            assertThat(reading.sample())
                    .hasSize(expected.path("wvc_lengths").path(index).asInt(0));
        }
        assertEqual(LayerEnergy.profile(energies), expected.path("lep_profile"));
    }

    private static int[] integers(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.path(i).asInt();
        }
        return values;
    }

    private static void assertEqual(float[] found, JsonNode expected) {
        assertThat(found).hasSize(expected.size());
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).isCloseTo(expected.path(i).asDouble(), TOLERANCE);
        }
    }
}
