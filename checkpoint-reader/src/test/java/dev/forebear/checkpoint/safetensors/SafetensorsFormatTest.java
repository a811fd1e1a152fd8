package dev.forebear.checkpoint.safetensors;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static dev.forebear.checkpoint.safetensors.SafetensorsHeaderTest.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.Zoo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFormatTest {

    private static final String INDEX = "model.safetensors.index.json";

    @Test
    void mergesShardsByName() throws IOException {
        assertThat(names(shards("{\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"2.safetensors\"}}")))
                .containsExactly("a", "b");
    }

    @Test
    void readsUnindexedFilesTogether() throws IOException {
        MemoryStorage storage = new MemoryStorage()
                .with("x.safetensors", one("b"))
                .with("y.safetensors", one("a"))
                .with("adapter_model.safetensors", new byte[3])
                .with("original/z.safetensors", new byte[3]);
        assertThat(names(storage)).containsExactly("a", "b");
    }

    @Test
    void prefersSingleFileToIndex() throws IOException {
        MemoryStorage storage = shards("{}").with("model.safetensors", one("single"));
        assertThat(names(storage)).containsExactly("single");
    }

    @Test
    void missesShardOfTheIndex() {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"3.safetensors\"}}")),
                Reason.MISSING,
                "3.safetensors: expected the shard that " + INDEX + " names");
    }

    @Test
    void rejectsTensorThatIsNotInItsShard() {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"2.safetensors\",\"b\":\"1.safetensors\"}}")),
                Reason.MALFORMED,
                "weight_map, a: expected the tensor in 2.safetensors, found it in 1.safetensors");
    }

    @Test
    void rejectsTensorThatIsInNoShard() {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"1.safetensors\",\"c\":\"2.safetensors\"}}")),
                Reason.MALFORMED,
                "c: expected the tensor in 2.safetensors, found it in no shard");
    }

    @Test
    void rejectsTensorInTwoShards() {
        MemoryStorage storage =
                new MemoryStorage().with("1.safetensors", one("a")).with("2.safetensors", one("a"));
        assertRefused(() -> names(storage), Reason.MALFORMED, "2.safetensors: tensor a: expected in one shard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../1.safetensors", "/1.safetensors", "a/../../1.safetensors", "..\\\\1.safetensors"})
    void refusesShardOutsideTheCheckpoint(String shard) {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"" + shard + "\"}}")),
                Reason.REFUSED,
                "expected a relative file name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"weight_map\":{}}",
                "{\"weight_map\":[]}",
                "{\"weight_map\":{\"a\":1}}",
                "{\"weight_map\":{\"a\":\"config.json\"}}",
                "{\"weight_map\":{\"a\":\"1.safetensors\",\"a\":\"2.safetensors\"}}",
                "{\"weight_map\":",
                ""
            })
    void rejectsIndexThatIsNoMapOfTensorsToShards(String index) {
        assertRefused(() -> names(shards(index)), Reason.MALFORMED, INDEX);
    }

    @Test
    void rejectsIndexThatNamesItselfAsItsShard() {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"" + INDEX + "\"}}")),
                Reason.MALFORMED,
                "weight_map, a: expected a file *.safetensors, found " + INDEX);
    }

    @Test
    void readsAnIndexThatIsNamedLikeAShardAsAShard() {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"index.safetensors\"}}")
                        .with("index.safetensors", "{\"weight_map\":{\"a\":\"index.safetensors\"}}")),
                Reason.MALFORMED,
                "index.safetensors: header length: expected at most");
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 0", "0, 5, 0", "4, 1, 0", "0, 4, 1", "0, -1, 0", "9223372036854775807, 4, 0"})
    void refusesRangesOutsideTheTensor(long first, int count, int at) throws IOException {
        Tensor tensor = random(new Random(1), "F32", 4, new MemoryStorage());
        assertThatThrownBy(() -> tensor.read(first, count, new float[4], at))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F4", "F6_E2M3", "F6_E3M2", "C64"})
    void doesNotReadValuesThatAreNoRealNumbersOfWholeBytes(String dtype) throws IOException {
        Tensor tensor = random(new Random(1), dtype, 8, new MemoryStorage());
        assertRefused(() -> tensor.read(0, 1, new float[1], 0), Reason.UNSUPPORTED, "found " + dtype);
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            int count = random.nextInt(2_000_000 >> random.nextInt(21)) + 1;
            var data = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                data.putFloat(random.nextFloat());
            }
            String header =
                    "{" + tensor("a", "F32", "[" + count + "]", 0, 4L * count) + "}" + " ".repeat(random.nextInt(9));
            var storage = new MemoryStorage()
                    .with("model.safetensors", SafetensorsBytes.file(header.getBytes(), data.array()));
            Tensor tensor = SafetensorsFormat.tensors(storage, storage.list()).getFirst();
            int first = random.nextInt(count);
            var values = new float[count - first + 3];
            tensor.read(first, count - first, values, 2);
            for (int i = first; i < count; i++) {
                assertThat(values[i - first + 2]).as("seed " + seed).isEqualTo(data.getFloat(4 * i));
            }
        }
    }

    /** Whatever a damaged file says, it is refused or its tensors can be read: nothing else is thrown. */
    @Test
    void survivesTruncationAndBitFlips() throws IOException {
        byte[] file = Files.readAllBytes(Zoo.FOLDER.resolve("base-a/model.safetensors"));
        int headerEnd = 8 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt();
        var random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 600; round++) {
            byte[] damaged = round % 4 == 0
                    ? Arrays.copyOf(file, random.nextInt(round % 8 == 0 ? headerEnd : file.length))
                    : file.clone();
            for (int flips = round % 4; flips > 0; flips--) {
                damaged[random.nextInt(headerEnd)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += readable(damaged) ? 0 : 1;
        }
        assertThat(refused).isBetween(300, 600);
    }

    private static boolean readable(byte[] file) throws IOException {
        var storage = new MemoryStorage().with("model.safetensors", file);
        try {
            for (Tensor tensor : SafetensorsFormat.tensors(storage, storage.list())) {
                int count = (int) Math.min(tensor.elements(), 64);
                tensor.read(tensor.elements() - count, count, new float[64], 0);
            }
            return true;
        } catch (CheckpointException expected) {
            return false;
        }
    }

    private static Tensor random(Random random, String dtype, int count, MemoryStorage storage) throws IOException {
        int size = count * Dtype.valueOf(dtype).bits() / 8;
        var data = new byte[size];
        random.nextBytes(data);
        String header = "{" + tensor("a", dtype, "[" + count + "]", 0, size) + "}";
        storage.with("model.safetensors", SafetensorsBytes.file(header.getBytes(), data));
        return SafetensorsFormat.tensors(storage, storage.list()).getFirst();
    }

    private static MemoryStorage shards(String index) {
        return new MemoryStorage()
                .with("1.safetensors", one("a"))
                .with("2.safetensors", one("b"))
                .with(INDEX, index);
    }

    private static byte[] one(String name) {
        return SafetensorsBytes.file("{" + tensor(name, "U8", "[1]", 0, 1) + "}", 1);
    }

    private static List<String> names(MemoryStorage storage) throws IOException {
        return SafetensorsFormat.tensors(storage, storage.list()).stream()
                .map(Tensor::name)
                .toList();
    }
}
