package dev.forebear.checkpoint.gguf;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GgufBlocksTest {

    static List<JsonNode> goldenTypes() throws IOException {
        JsonNode cases = new ObjectMapper().readTree(Files.readString(Path.of("src/test/resources/gguf/golden.json")));
        return StreamSupport.stream(cases.spliterator(), false).toList();
    }

    @ParameterizedTest
    @MethodSource("goldenTypes")
    void readsWhatAnIndependentCalculationSays(JsonNode golden) throws IOException {
        Tensor tensor = tensor(golden);
        assertThat(tensor.storedAs()).isEqualTo(golden.path("type").asText());
        float[] values = values(tensor, 0, (int) tensor.elements());
        assertThat(values).hasSize(golden.path("values").size());
        for (int i = 0; i < values.length; i++) {
            double value = golden.path("values").path(i).doubleValue();
            assertThat((double) values[i]).isCloseTo(value, offset(1e-6 * Math.max(0.1, Math.abs(value))));
        }
    }

    @ParameterizedTest
    @MethodSource("goldenTypes")
    void readsAnyPartAsItReadsTheWhole(JsonNode golden) throws IOException {
        Tensor tensor = tensor(golden);
        float[] whole = values(tensor, 0, (int) tensor.elements());
        var random = new Random(20261120);
        for (int attempt = 0; attempt < 100; attempt++) {
            int first = random.nextInt(whole.length);
            int count = random.nextInt(whole.length - first + 1);
            assertThat(values(tensor, first, count)).isEqualTo(Arrays.copyOfRange(whole, first, first + count));
        }
    }

    @Test
    void readsPlainNumbers() throws IOException {
        byte[] numbers = GgufBytes.little(8)
                .putShort(Float.floatToFloat16(1.5f))
                .putShort(Float.floatToFloat16(-2))
                .putShort((short) (Float.floatToIntBits(1.5f) >>> 16))
                .putShort((short) (Float.floatToIntBits(-2) >>> 16))
                .array();
        byte[] file = new GgufBytes()
                .tensor("f16", 1, Arrays.copyOf(numbers, 4), 2)
                .tensor("bf16", 30, Arrays.copyOfRange(numbers, 4, 8), 2)
                .counting("f32", 3, 2)
                .bytes();
        List<Tensor> tensors = open(file);
        assertThat(tensors).extracting(Tensor::storedAs).containsExactly("BF16", "F16", "F32");
        assertThat(values(tensors.get(0), 0, 2)).containsExactly(1.5f, -2);
        assertThat(values(tensors.get(1), 0, 2)).containsExactly(1.5f, -2);
        assertThat(values(tensors.get(2), 1, 4)).containsExactly(1, 2, 3, 4);
        assertThat(tensors.get(2).shape()).containsExactly(2L, 3L);
    }

    @Test
    void namesTypesThatItDoesNotRead() throws IOException {
        byte[] file = new GgufBytes().tensor("x", 16, new byte[66], 256).bytes();
        Tensor tensor = open(file).getFirst();
        assertThat(tensor.storedAs()).isEqualTo("IQ2_XXS");
        assertRefused(
                () -> values(tensor, 0, 1),
                Reason.UNSUPPORTED,
                "tensor x: expected a type that is read, found IQ2_XXS");
    }

    private static Tensor tensor(JsonNode golden) throws IOException {
        byte[] blocks = HexFormat.of().parseHex(golden.path("hex").asText());
        long values = golden.path("blockValues").asLong();
        return open(new GgufBytes()
                        .tensor("x", golden.path("id").asInt(), blocks, values, 2)
                        .bytes())
                .getFirst();
    }

    private static List<Tensor> open(byte[] file) throws IOException {
        var storage = new MemoryStorage().with("x.gguf", file);
        return GgufFormat.open(storage, storage.list()).tensors();
    }

    private static float[] values(Tensor tensor, int first, int count) throws IOException {
        var values = new float[count + 2];
        tensor.read(first, count, values, 1);
        assertThat(values).startsWith(0).endsWith(0);
        return Arrays.copyOfRange(values, 1, count + 1);
    }
}
