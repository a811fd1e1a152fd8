package dev.forebear.checkpoint.quantised;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.quantised.PackedModel.Part;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PackedWeightsTest {

    static List<String> goldenCases() throws IOException {
        return PackedModel.goldenCases().stream()
                .map(golden -> golden.path("name").asText())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void readsWhatAnIndependentCalculationSays(String name) throws IOException {
        JsonNode golden = PackedModel.goldenCases().stream()
                .filter(found -> found.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
        List<Tensor> weights = PackedModel.golden(name).weights();
        assertThat(weights).hasSize(golden.path("expected").size());
        for (Tensor weight : weights) {
            JsonNode expected = golden.path("expected").path(weight.name());
            assertThat(weight.shape())
                    .hasToString(expected.path("shape").toString().replace(",", ", "));
            assertThat(weight.dtype()).isEqualTo(Dtype.F32);
            float[] values = PackedModel.values(weight);
            for (int i = 0; i < values.length; i++) {
                double value = expected.path("values").path(i).doubleValue();
                assertThat((double) values[i]).isCloseTo(value, offset(1e-6 * Math.max(1e-3, Math.abs(value))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void readsAnyPartAsItReadsTheWhole(String name) throws IOException {
        var random = new Random(20261120);
        for (Tensor weight : PackedModel.golden(name).weights()) {
            float[] whole = PackedModel.values(weight);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GPTQ 4 bit | GPTQ 4 bit, groups of 32 | 4",
                "AWQ 4 bit | AWQ 4 bit, groups of 32 | 4",
                "FP8 E4M3, one scale | FP8 E4M3, one scale | 8",
                "FP8 E4M3, blocks with short ends | FP8 E4M3, blocks of 4 × 3 | 8",
                "FP8 E5M2, one scale | FP8 E5M2, one scale | 8",
                "bitsandbytes INT8 | bitsandbytes INT8, one scale a row | 8",
                "NF4, nested | NF4, blocks of 64 | 4",
                "compressed-tensors 4 bit | INT4, groups of 32 | 4",
                "MXFP4 | MXFP4 | 4"
            })
    void saysHowWeightsArePacked(String name, String words, int bits) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(PackedModel.golden(name).storage())) {
            assertThat(checkpoint.quantisation()).hasToString(words);
            assertThat(checkpoint.quantisation().bits()).isEqualTo(bits);
        }
    }

    @Test
    void keepsStoredTensorsBesideTheWeights() throws IOException {
        try (Checkpoint checkpoint =
                Checkpoint.open(PackedModel.golden("GPTQ 4 bit").storage())) {
            assertThat(checkpoint.tensors())
                    .extracting(Tensor::name)
                    .containsExactly("x.g_idx", "x.qweight", "x.qzeros", "x.scales");
            assertThat(checkpoint.weights()).extracting(Tensor::name).containsExactly("x.weight");
        }
    }

    @Test
    void tellsNothingOfPlainWeights() throws IOException {
        var plain = PackedModel.golden("GPTQ 4 bit").without("x.qweight").without("x.qzeros");
        try (Checkpoint checkpoint = Checkpoint.open(plain.storage())) {
            assertThat(checkpoint.quantisation()).isNull();
            assertThat(checkpoint.weights()).isEqualTo(checkpoint.tensors());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GPTQ 4 bit | x.qweight | I32 | 8 16 | x.g_idx: expected shape [32], found [64]",
                "GPTQ 4 bit | x.qweight | I32 | 7 32 | x.g_idx: expected shape [56], found [64]",
                "GPTQ 4 bit | x.qweight | F32 | 8 32 | x.qweight: expected I32, found F32",
                "GPTQ 4 bit | x.qweight | I32 | 0 32 | x.qweight: expected sizes of 1 to 16777216, found 0",
                "GPTQ 4 bit | x.qweight | I32 | 256 | x.qweight: expected 2 dimensions, found [256]",
                "GPTQ 4 bit | x.qzeros | I32 | 3 4 | x.qzeros: expected shape [2, 4], found [3, 4]",
                "GPTQ 4 bit | x.qzeros | I32 | 2 5 | x.qzeros: expected zeros of 2, 3, 4 or 8 bits",
                "GPTQ 4 bit | x.qzeros | I16 | 2 4 | x.qzeros: expected I32, found I16",
                "GPTQ 4 bit | x.scales | F16 | 2 31 | x.scales: expected shape [2, 32], found [2, 31]",
                "GPTQ 4 bit | x.scales | I16 | 2 32 | x.scales: expected floating-point scales, found I16",
                "GPTQ 4 bit | x.g_idx | I32 | 63 | x.g_idx: expected shape [64], found [63]",
                "GPTQ 3 bit | x.qweight | I32 | 5 32 | x.qweight: expected words full of codes of 3 bits",
                "AWQ 4 bit | x.scales | F16 | 2 15 | x.scales: expected shape [2, 16], found [2, 15]",
                "AWQ 4 bit | x.scales | F16 | 3 16 | x.qzeros: expected shape [3, 2], found [2, 2]",
                "FP8 E4M3, a scale for each row | x.weight_scale | F32 | 5 1 | x.weight_scale: expected scales in even",
                "FP8 E4M3, a scale for each row | x.weight_scale | F32 | 6 2 1 | expected at most 2 dimensions",
                "FP8 E4M3, a scale for each row | x.weight_scale | F32 | 0 1 | expected sizes of 1 to",
                "FP8 E4M3, a scale for each row | x.weight_scale | I32 | 6 1 | expected floating-point scales",
                "bitsandbytes INT8 | x.SCB | F32 | 4 | x.SCB: expected scales in even parts of 5",
                "compressed-tensors INT8 | x.weight_zero_point | I32 | 6 1 | x.weight_zero_point: expected I8, found"
                        + " I32",
                "compressed-tensors 4 bit | x.weight_packed | I32 | 16 7 | expected codes of 2, 4 or 8 bits for 64",
                "compressed-tensors 4 bit | x.weight_packed | I32 | 15 8 | expected shape [16, 8], found [15, 8]",
                "compressed-tensors 4 bit | x.weight_scale | F16 | 15 2 | expected shape [16, 2], found [15, 2]",
                "compressed-tensors 4 bit | x.weight_shape | I64 | 3 | x.weight_shape: expected shape [2], found [3]",
                "compressed-tensors 4 bit | x.weight_shape | I64 | 2 | x.weight_shape: expected sizes of 1 to",
                "compressed-tensors 4 bit, zero points | x.weight_zero_point | I32 | 2 3 | expected shape [2, 2]",
                "NF4 | x.weight.absmax | F32 | 2 | x.weight.absmax: expected 3 values, found [2]",
                "NF4 | x.weight.quant_map | F32 | 15 | x.weight.quant_map: expected shape [16], found [15]",
                "NF4 | x.weight | U8 | 95 1 | x.weight: expected 192 codes of 4 bits, found shape [95, 1]",
                "NF4, nested | x.weight.absmax | F32 | 3 | x.weight.absmax: expected U8, found F32",
                "NF4, nested | x.weight.nested_absmax | F32 | 1 | x.weight.nested_absmax: expected 2 values",
                "NF4, nested | x.weight.nested_quant_map | F32 | 16 | expected 256 values, found [16]",
                "MXFP4 | x.experts.gate_up_proj_scales | U8 | 2 6 1 | expected shape [2, 6, 2], found [2, 6, 1]",
                "MXFP4 | x.experts.gate_up_proj_blocks | U8 | 2 6 2 15 | expected shape [2, 6, 2, 16]",
                "MXFP4 | x.experts.gate_up_proj_blocks | U8 | 4097 6 2 16 | expected shape [4097, 6, 2]"
            })
    void rejectsPartsThatDoNotFit(String name, String part, String dtype, String shape, String words)
            throws IOException {
        long[] sizes =
                Arrays.stream(shape.split(" ")).mapToLong(Long::parseLong).toArray();
        PackedModel model = PackedModel.golden(name).with(part, dtype, sizes);
        assertRefused(model::weights, Reason.MALFORMED, words);
    }

    @Test
    void rejectsMoreExpertsThanAnyModelHas() throws IOException {
        PackedModel model = PackedModel.golden("MXFP4")
                .with("x.experts.gate_up_proj_blocks", "U8", 4_097, 2, 1, 16)
                .with("x.experts.gate_up_proj_scales", "U8", 4_097, 2, 1);
        assertRefused(model::weights, Reason.MALFORMED, "expected at most 4096 experts, found 4097");
    }

    @Test
    void rejectsGateAndUpThatAreNoPairs() throws IOException {
        PackedModel model = PackedModel.golden("MXFP4")
                .with("x.experts.gate_up_proj_blocks", "U8", 2, 5, 2, 16)
                .with("x.experts.gate_up_proj_scales", "U8", 2, 5, 2);
        assertRefused(model::weights, Reason.MALFORMED, "expected rows of gate and up in pairs, found 5");
    }

    @ParameterizedTest
    @CsvSource({"2, found 2", "-1, found -1"})
    void rejectsGroupsOutsideTheScales(int group, String words) throws IOException {
        PackedModel model = PackedModel.golden("GPTQ 4 bit");
        Part index = model.part("x.g_idx");
        Arrays.fill(index.bytes(), 20, 24, (byte) (group >> 8));
        index.bytes()[20] = (byte) group;
        Tensor weight = model.weights().getFirst();
        assertRefused(
                () -> PackedModel.values(weight),
                Reason.MALFORMED,
                "tensor x.g_idx: input 5: expected a group below 2, " + words);
    }

    @Test
    void rejectsWeightThatIsPackedAndPlain() throws IOException {
        PackedModel model = PackedModel.golden("GPTQ 4 bit").with("x.weight", "F16", 32, 64);
        assertRefused(model::weights, Reason.MALFORMED, "tensor x.weight: expected plain or packed, found both");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | shape: expected rows and columns, found MISSING",
                "[] | expected a JSON object",
                "{\"shape\":[6 | expected JSON",
                "{\"shape\":[0,32]} | expected sizes of 1 to 16777216, found 0",
                "{\"shape\":[6,99999999]} | expected sizes of 1 to 16777216, found 99999999",
                "{\"shape\":[6,32]} | blocksize: expected 1 to 1048576",
                "{\"shape\":[6,32],\"blocksize\":0} | blocksize: expected 1 to 1048576",
                "{\"shape\":[6,32],\"blocksize\":64,\"nested_blocksize\":-1} | nested_blocksize: expected 1 to"
            })
    void rejectsStateThatLies(String state, String words) throws IOException {
        byte[] json = state.getBytes();
        PackedModel model = PackedModel.golden("NF4")
                .with("x.weight.quant_state.bitsandbytes__nf4", new Part("U8", List.of((long) json.length), json));
        assertRefused(model::weights, Reason.MALFORMED, words);
    }

    @Test
    void rejectsStateThatIsNotSmall() throws IOException {
        PackedModel model =
                PackedModel.golden("NF4").with("x.weight.quant_state.bitsandbytes__nf4", "U8", (64 << 10) + 1);
        assertRefused(model::weights, Reason.MALFORMED, "expected at most 65536 bytes, found 65537");
    }

    @Test
    void leavesEightBitFloatsWithoutScaleAsTheyAre() throws IOException {
        PackedModel model = PackedModel.golden("FP8 E4M3, one scale").without("x.weight_scale");
        assertThat(model.weights())
                .singleElement()
                .satisfies(weight -> assertThat(weight.dtype()).isEqualTo(Dtype.F8_E4M3));
    }

    @Test
    void refusesValuesOutsideTheMatrix() throws IOException {
        Tensor weight = PackedModel.golden("GPTQ 4 bit").weights().getFirst();
        assertThatThrownBy(() -> weight.read(32 * 64 - 1, 2, new float[2], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> weight.read(0, 2, new float[2], 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void survivesMutations(String name) throws IOException {
        var random = new Random(name.hashCode());
        for (int mutation = 0; mutation < 300; mutation++) {
            PackedModel model = PackedModel.golden(name);
            mutate(model, model.names().get(random.nextInt(model.names().size())), random);
            try {
                for (Tensor weight : model.weights()) {
                    if (weight.quantisation() != null && weight.elements() < 1 << 16) {
                        PackedModel.values(weight);
                    }
                }
            } catch (CheckpointException refused) {
                assertThat(refused.reason()).isIn(Reason.MALFORMED, Reason.UNSUPPORTED);
            }
        }
    }

    private static void mutate(PackedModel model, String name, Random random) {
        Part part = model.part(name);
        byte[] bytes = part.bytes();
        switch (random.nextInt(4)) {
            case 0 -> model.without(name);
            case 1 -> {
                for (int i = random.nextInt(4); i < bytes.length; i += 1 + random.nextInt(16)) {
                    bytes[i] = (byte) random.nextInt();
                }
            }
            case 2 -> {
                long[] shape = part.shape().stream()
                        .mapToLong(size -> Math.max(0, size + random.nextInt(5) - 2))
                        .toArray();
                model.with(name, part.dtype(), shape);
            }
            default -> {
                String[] dtypes = {"F32", "F16", "I32", "U8", "I8", "F8_E4M3", "I64"};
                long[] shape = part.shape().stream().mapToLong(Long::longValue).toArray();
                model.with(name, dtypes[random.nextInt(dtypes.length)], shape);
            }
        }
    }
}
