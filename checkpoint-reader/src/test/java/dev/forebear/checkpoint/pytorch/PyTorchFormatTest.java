package dev.forebear.checkpoint.pytorch;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static dev.forebear.checkpoint.pytorch.TorchPickle.dictionary;
import static dev.forebear.checkpoint.pytorch.TorchPickle.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.safetensors.SafetensorsBytes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchFormatTest {

    private static final String INDEX = "pytorch_model.bin.index.json";

    @ParameterizedTest
    @ValueSource(strings = {"pytorch_model.bin", "model.pt", "consolidated.00.pth", "any.bin"})
    void readsTheOnlyFile(String name) throws IOException {
        assertThat(names(new MemoryStorage()
                        .with(name, one("a"))
                        .with("training_args.bin", "x")
                        .with("optimizer.pt", "x")
                        .with("rng_state_0.pth", "x")
                        .with("original/model.bin", "x")))
                .containsExactly("a");
    }

    @Test
    void mergesShardsByName() throws IOException {
        assertThat(names(shards("{\"weight_map\":{\"a\":\"1.bin\",\"b\":\"2.bin\"}}")))
                .containsExactly("a", "b");
    }

    @Test
    void mergesNumberedShardsWithoutIndex() throws IOException {
        assertThat(names(new MemoryStorage()
                        .with("pytorch_model-00001-of-00002.bin", one("b"))
                        .with("pytorch_model-00002-of-00002.bin", one("a"))))
                .containsExactly("a", "b");
    }

    @Test
    void prefersSingleFileToIndex() throws IOException {
        assertThat(names(shards("{}").with("pytorch_model.bin", one("single")))).containsExactly("single");
    }

    @Test
    void leavesFolderWithSafetensorsToThose() throws IOException {
        byte[] safetensors =
                SafetensorsBytes.file("{\"safe\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1);
        assertThat(names(new MemoryStorage()
                        .with("model.safetensors", safetensors)
                        .with("pytorch_model.bin", one("a"))))
                .containsExactly("safe");
    }

    @Test
    void missesShardOfTheIndex() {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"1.bin\",\"b\":\"3.bin\"}}")),
                Reason.MISSING,
                "3.bin: expected the shard that " + INDEX + " names");
    }

    @Test
    void rejectsTensorThatIsNotInItsShard() {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"2.bin\",\"b\":\"1.bin\"}}")),
                Reason.MALFORMED,
                INDEX + ": weight_map, a: expected the tensor in 2.bin, found it in 1.bin");
    }

    @Test
    void rejectsTensorInTwoShards() {
        assertRefused(
                () -> names(new MemoryStorage()
                        .with("pytorch_model-1-of-2.bin", one("a"))
                        .with("pytorch_model-2-of-2.bin", one("a"))),
                Reason.MALFORMED,
                "pytorch_model-2-of-2.bin: tensor a: expected in one shard, found in pytorch_model-1-of-2.bin too");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../1.bin", "/1.bin", "a/../../1.bin", "..\\\\1.bin"})
    void refusesShardOutsideTheCheckpoint(String shard) {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"" + shard + "\"}}")),
                Reason.REFUSED,
                "expected a relative file name");
    }

    @Test
    void rejectsShardOfAnotherFormat() {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"1.safetensors\"}}")),
                Reason.MALFORMED,
                "weight_map, a: expected a file *.bin, found 1.safetensors");
    }

    @Test
    void rejectsIndexThatNamesItselfAsItsShard() {
        assertRefused(
                () -> names(shards("{\"weight_map\":{\"a\":\"" + INDEX + "\"}}")),
                Reason.MALFORMED,
                "weight_map, a: expected a file *.bin, found " + INDEX);
    }

    @Test
    void doesNotGuessWhichOfSeveralFilesIsTheModel() {
        assertRefused(
                () -> names(new MemoryStorage().with("step-1.pt", one("a")).with("step-2.pt", one("a"))),
                Reason.UNSUPPORTED,
                "memory: expected one file of weights, found 2, among them step-1.pt and step-2.pt");
    }

    private static MemoryStorage shards(String index) {
        return new MemoryStorage()
                .with("1.bin", one("a"))
                .with("2.bin", one("b"))
                .with(INDEX, index);
    }

    private static byte[] one(String name) {
        return TorchPickle.file(dictionary(name, vector("0", 3)), 12);
    }

    private static List<String> names(MemoryStorage storage) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(storage)) {
            return checkpoint.tensors().stream().map(Tensor::name).toList();
        }
    }
}
