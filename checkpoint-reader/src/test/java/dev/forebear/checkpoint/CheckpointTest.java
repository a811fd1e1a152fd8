package dev.forebear.checkpoint;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.storage.FolderStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {

    static Stream<String> plainModels() throws IOException {
        try (var folders = Files.list(Zoo.FOLDER)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("config.json")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("plainModels")
    void assignsEveryRoleOfPlainModels(String model) throws IOException {
        try (Checkpoint checkpoint = Zoo.open(model)) {
            Transformer transformer = checkpoint.transformer();
            assertThat(transformer.layers()).hasSize(checkpoint.config().layers());
            assertThat(transformer.finalNormGain()).isNotNull();
            assertThat(transformer.layers()).allSatisfy(layer -> {
                assertThat(layer).hasNoNullFieldsOrPropertiesExcept("attentionNormBias", "mlpNormBias");
                assertThat(layer.mlps()).hasSize(checkpoint.config().experts());
            });
        }
    }

    @Test
    void readsLlama() throws IOException {
        try (Checkpoint checkpoint = Zoo.open("base-a")) {
            Transformer transformer = checkpoint.transformer();
            assertThat(transformer.layout()).isEqualTo("llama");
            assertThat(transformer.normalisation()).isEqualTo(Normalisation.RMS);
            assertThat(transformer.tied()).isTrue();
            assertThat(transformer.outputHead()).isSameAs(transformer.embedding());
            var layer = transformer.layers().getFirst();
            assertThat(layer.key().rows()).isEqualTo(32);
            assertThat(layer.mlps().getFirst().gate().rows()).isEqualTo(128);
            assertThat(layer.mlps().getFirst().down().rows()).isEqualTo(64);
        }
    }

    @Test
    void readsGpt2AsTransposedThirds() throws IOException {
        try (Checkpoint checkpoint = Zoo.open("base-g")) {
            Transformer transformer = checkpoint.transformer();
            var layer = transformer.layers().getFirst();
            Tensor fused = checkpoint.tensors().stream()
                    .filter(tensor -> tensor.name().equals("transformer.h.0.attn.c_attn.weight"))
                    .findFirst()
                    .orElseThrow();
            var stored = new float[64 * 192];
            fused.read(0, stored.length, stored, 0);
            var keys = new float[2 * 64];
            layer.key().readRows(3, 2, keys);
            for (int input = 0; input < 64; input++) {
                assertThat(keys[input]).isEqualTo(stored[input * 192 + 64 + 3]);
                assertThat(keys[64 + input]).isEqualTo(stored[input * 192 + 64 + 4]);
            }
            assertThat(layer.mlps().getFirst().up().rows()).isEqualTo(160);
            assertThat(layer.mlps().getFirst().upBias().size()).isEqualTo(160);
            assertThat(transformer.normalisation()).isEqualTo(Normalisation.LAYER);
            assertThat(transformer.gated()).isFalse();
        }
    }

    @Test
    void readsSameWeightsFromOneFileAndFromShards() throws IOException {
        try (Checkpoint single = Zoo.open("base-a");
                Checkpoint sharded = Zoo.open("base-a-copy")) {
            assertThat(sharded.tensors())
                    .extracting(Tensor::name)
                    .isEqualTo(single.tensors().stream().map(Tensor::name).toList());
            for (int i = 0; i < single.tensors().size(); i++) {
                assertThat(values(sharded.tensors().get(i)))
                        .isEqualTo(values(single.tensors().get(i)));
            }
        }
    }

    @Test
    void tellsStoredHeadFromEmbedding() throws IOException {
        try (Checkpoint untied = Zoo.open("base-b")) {
            assertThat(untied.transformer().tied()).isFalse();
            assertThat(untied.transformer().outputHead().name()).isEqualTo("lm_head.weight");
        }
    }

    @Test
    void namesAnAdapterWithoutItsBase() {
        assertRefused(
                () -> readRoles("base-a-lora-adapter"),
                Reason.UNSUPPORTED,
                "found an adapter whose base zoo/base-a was not found");
    }

    @ParameterizedTest
    @CsvSource({
        "base-a-gptq, .95, 'GPTQ 4 bit, groups of 32'",
        "base-a-fp8, .99, 'FP8 E4M3, blocks of 128 × 128'",
        "base-a-gguf-q8, .999, Q8_0"
    })
    void readsQuantisedWeightsNearTheirBase(String model, double cosine, String quantisation) throws IOException {
        try (Checkpoint base = Zoo.open("base-a");
                Checkpoint quantised = Zoo.open(model)) {
            assertThat(quantised.quantisation()).hasToString(quantisation);
            List<WeightMatrix> rounded = matrices(quantised.transformer());
            List<WeightMatrix> exact = matrices(base.transformer());
            assertThat(rounded).hasSameSizeAs(exact).hasSize(1 + 4 * 7);
            for (int i = 0; i < exact.size(); i++) {
                assertThat(cosine(values(rounded.get(i)), values(exact.get(i))))
                        .as(exact.get(i).name())
                        .isGreaterThan(cosine);
            }
        }
    }

    @Test
    void missesShardByName(@TempDir Path folder) throws IOException {
        Path copy = Zoo.FOLDER.resolve("base-a-copy");
        for (String name : List.of("config.json", "model.safetensors.index.json", "model-00001-of-00002.safetensors")) {
            Files.copy(copy.resolve(name), folder.resolve(name));
        }
        assertRefused(
                () -> Checkpoint.open(new FolderStorage(folder)),
                Reason.MISSING,
                "model-00002-of-00002.safetensors: expected the shard");
    }

    @Test
    void missesWeightsInEmptyFolder(@TempDir Path folder) {
        assertRefused(() -> Checkpoint.open(new FolderStorage(folder)), Reason.MISSING, "expected weights");
    }

    @Test
    void countsHeaderReadsOnly() throws IOException {
        try (Checkpoint checkpoint = Zoo.open("base-a")) {
            assertThat(checkpoint.totals().bytes()).isLessThan(10_000);
        }
    }

    private static void readRoles(String model) throws IOException {
        try (Checkpoint checkpoint = Zoo.open(model)) {
            checkpoint.transformer();
        }
    }

    private static float[] values(Tensor tensor) throws IOException {
        var values = new float[(int) tensor.elements()];
        tensor.read(0, values.length, values, 0);
        return values;
    }

    private static List<WeightMatrix> matrices(Transformer transformer) {
        var matrices = new ArrayList<>(List.of(transformer.embedding()));
        for (Transformer.Layer layer : transformer.layers()) {
            Transformer.Mlp mlp = layer.mlps().getFirst();
            matrices.addAll(List.of(layer.query(), layer.key(), layer.value(), layer.output()));
            matrices.addAll(List.of(mlp.gate(), mlp.up(), mlp.down()));
        }
        return matrices;
    }

    private static float[] values(WeightMatrix matrix) throws IOException {
        var values = new float[matrix.rows() * matrix.columns()];
        matrix.readRows(0, matrix.rows(), values);
        return values;
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            left += (double) a[i] * a[i];
            right += (double) b[i] * b[i];
        }
        return product / Math.sqrt(left * right);
    }
}
