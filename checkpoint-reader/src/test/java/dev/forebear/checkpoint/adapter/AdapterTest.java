package dev.forebear.checkpoint.adapter;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Golden;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.Zoo;
import dev.forebear.checkpoint.storage.FolderStorage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterTest {

    static List<String> goldenCases() throws IOException {
        return AdaptedModel.goldenCases().stream()
                .map(golden -> golden.path("name").asText())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void readsWhatAnIndependentCalculationSays(String name) throws IOException {
        var model = AdaptedModel.golden(name);
        try (Checkpoint checkpoint = model.open()) {
            assertThat(checkpoint.weights()).hasSize(model.expected().size());
            for (Tensor weight : checkpoint.weights()) {
                JsonNode expected = model.expected().path(weight.name());
                assertThat(weight.shape())
                        .hasToString(expected.path("shape").toString().replace(",", ", "));
                float[] values = Golden.values(weight);
                for (int i = 0; i < values.length; i++) {
                    double value = expected.path("values").path(i).doubleValue();
                    assertThat((double) values[i]).isCloseTo(value, offset(2e-6 * Math.max(1, Math.abs(value))));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void readsAnyPartAsItReadsTheWhole(String name) throws IOException {
        var random = new Random(20261120);
        try (Checkpoint checkpoint = AdaptedModel.golden(name).open()) {
            for (Tensor weight : checkpoint.weights()) {
                float[] whole = Golden.values(weight);
                for (int attempt = 0; attempt < 50; attempt++) {
                    int first = random.nextInt(whole.length);
                    int count = random.nextInt(whole.length - first + 1);
                    var part = new float[count + 2];
                    weight.read(first, count, part, 1);
                    assertThat(part).startsWith(0).endsWith(0);
                    assertThat(Arrays.copyOfRange(part, 1, count + 1))
                            .isEqualTo(Arrays.copyOfRange(whole, first, first + count));
                }
            }
        }
    }

    @Test
    void makesAModelOfAnAdapterAndItsBase() throws IOException {
        try (Checkpoint together = Checkpoint.open(zoo("base-a-lora-adapter"), zoo("base-a"));
                Checkpoint base = Zoo.open("base-a")) {
            assertThat(together.adapter()).isEqualTo("LoRA of rank 4 on q_proj, v_proj");
            assertThat(together.adapterBase()).isEqualTo(base.location());
            assertThat(together.location()).endsWith("base-a-lora-adapter");
            assertThat(together.config().layers()).isEqualTo(4);
            assertThat(together.tokenizer()).isNotNull();
            var adapted = together.transformer().layers().getFirst();
            var plain = base.transformer().layers().getFirst();
            assertThat(row(adapted.query())).isNotEqualTo(row(plain.query()));
            assertThat(row(adapted.key())).isEqualTo(row(plain.key()));
            assertThat(together.totals().bytes()).isGreaterThan(base.totals().bytes());
        }
    }

    @Test
    void saysWhatAnAdapterWithoutItsBaseIs() throws IOException {
        try (Checkpoint alone = Zoo.open("base-a-lora-adapter")) {
            assertThat(alone.isAdapterAlone()).isTrue();
            assertThat(alone.adapterBase()).isNull();
            assertThat(alone.tensors()).hasSize(16);
            assertThat(alone.declarations().statedNames()).containsExactly("zoo/base-a");
            assertRefused(
                    alone::transformer,
                    Reason.UNSUPPORTED,
                    "found an adapter whose base zoo/base-a was not found: LoRA of rank 4 on q_proj, v_proj");
        }
    }

    @Test
    void refusesABaseThatDoesNotFit() {
        assertRefused(
                () -> Checkpoint.open(zoo("base-a-lora-adapter"), zoo("base-a-large")),
                Reason.MALFORMED,
                "lora_A.weight: expected shape [4, ");
    }

    @Test
    void putsNothingOnAnAdapterAndNoModelOnAnother() {
        assertRefused(
                () -> Checkpoint.open(zoo("base-a-lora-adapter"), zoo("base-a-lora-adapter")),
                Reason.UNSUPPORTED,
                "expected a model to put an adapter on, found an adapter");
        assertRefused(
                () -> Checkpoint.open(zoo("base-a-sft-light"), zoo("base-a")),
                Reason.UNSUPPORTED,
                "expected an adapter to put on");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model.q.lora_A.weight | 4 6 | expected shape [4, 5] to fit the base, found [4, 6]",
                "model.q.lora_B.weight | 5 4 | expected shape [6, 4] to fit the base, found [5, 4]",
                "model.q.lora_B.weight | 6 3 | expected shape [6, 4] to fit the base, found [6, 3]",
                "model.q.lora_A.weight | 3 5 | expected a rank that adapter_config.json names, found shape [3, 5]",
                "model.q.lora_A.weight | 20 | expected a rank that adapter_config.json names, found shape [20]",
                "model.q.lora_A.weight | 0 5 | expected a rank that adapter_config.json names, found shape [0, 5]",
                "model.x.lora_A.weight | 4 5 | expected a weight of the base that it is for, found none",
                "a.b.c.d.model.v.weight | 3 5 | expected a weight of the base that it is for, found none",
                "model.v.lora_A.weight | 4 5 | module model.v: expected a tensor B beside [A], found none",
                "model.v.lora_B.weight | 3 4 | module model.v: expected a tensor A beside [B], found none",
                "model.q.lora_A.other.weight | 4 5 | expected once, found base_model.model.model.q.lora_A",
                "model.v.weight | 5 3 | expected shape [3, 5] of the base, found [5, 3]"
            })
    void refusesTensorsThatDoNotFit(String tensor, String shape, String words) throws IOException {
        long[] sizes =
                Arrays.stream(shape.split(" ")).mapToLong(Long::parseLong).toArray();
        var model = AdaptedModel.golden("plain").withTensor(tensor, sizes);
        assertRefused(model::open, Reason.MALFORMED, words);
    }

    @Test
    void refusesTwoUpdatesOfOneWeight() throws IOException {
        var model =
                AdaptedModel.golden("plain").withTensor("q.lora_A.weight", 4, 5).withTensor("q.lora_B.weight", 6, 4);
        assertRefused(model::open, Reason.MALFORMED, "expected one update of model.q.weight, found another");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "peft_type | 'IA3' | expected a LoRA adapter, found one of type IA3",
                "peft_type | 'PREFIX_TUNING' | expected a LoRA adapter, found one of type PREFIX_TUNING",
                "peft_type | 'LOHA' | expected a LoRA adapter, found one of type LOHA",
                "init_lora_weights | 'pissa' | found one of a base changed by pissa",
                "layer_replication | [[0, 4], [2, 5]] | found layer_replication",
                "target_parameters | ['experts'] | found target_parameters",
                "lora_bias | true | found lora_bias",
                "alpha_pattern | {'.*q$': 3} | expected names of modules, found a regular expression"
            },
            quoteCharacter = '"')
    void namesAdaptersThatAreNotRead(String field, String value, String words) throws IOException {
        var model = AdaptedModel.golden("plain").with(field, value.replace('\'', '"'));
        assertRefused(() -> Checkpoint.open(model.adapter()), Reason.UNSUPPORTED, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r | 0 | r: expected a rank of 1 to 16384, found 0",
                "r | 1e9 | r: expected a rank of 1 to 16384, found",
                "r | null | r: expected a rank of 1 to 16384, found null",
                "lora_alpha | [] | lora_alpha: expected a number, found []",
                "lora_alpha | 1e999 | lora_alpha: expected a number",
                "rank_pattern | {'q': -1} | rank_pattern: expected a rank of 1 to 16384, found -1",
                "alpha_pattern | {'q': 'x'} | alpha_pattern: expected a number"
            },
            quoteCharacter = '"')
    void refusesConfigurationsThatLie(String field, String value, String words) throws IOException {
        var model = AdaptedModel.golden("plain").with(field, value.replace('\'', '"'));
        assertRefused(() -> Checkpoint.open(model.adapter()), Reason.MALFORMED, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.q.lora_B.bias", "model.q.lora_unknown.weight", "prompt_embeddings"})
    void namesTensorsThatBelongToNoLora(String tensor) throws IOException {
        var model = AdaptedModel.golden("plain").withTensor(tensor, 4);
        assertRefused(() -> Checkpoint.open(model.adapter()), Reason.UNSUPPORTED, "expected a part of LoRA");
    }

    @Test
    void needsAConfiguration() throws IOException {
        var files = new MemoryStorage().with("adapter_model.safetensors", new byte[0]);
        assertRefused(() -> Checkpoint.open(files), Reason.MISSING, "adapter_config.json");
    }

    private static FolderStorage zoo(String model) {
        return new FolderStorage(Zoo.FOLDER.resolve(model));
    }

    private static float[] row(WeightMatrix matrix) throws IOException {
        var row = new float[matrix.columns()];
        matrix.readRows(0, 1, row);
        return row;
    }
}
