package dev.forebear.checkpoint.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Golden;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.Zoo;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as PyTorch writes them, against values that another program read from them. */
class PyTorchGoldenTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol2.pt",
                "protocol3.pt",
                "protocol4.pt",
                "protocol5.pt",
                "deflated.pt",
                "stream.pt",
                "stream-nested.pt",
                "tar.pt",
                "views.pt"
            })
    void readsEveryTensor(String file) throws IOException {
        assertThat(Golden.lines(tensors(file))).isEqualTo(Golden.of("pytorch", file));
    }

    @Test
    void readsTrainedModelOfTheZoo() throws IOException {
        try (Checkpoint checkpoint = Zoo.open("base-g-sft-bin")) {
            assertThat(Golden.lines(checkpoint.tensors())).isEqualTo(Golden.of("pytorch", "zoo"));
            assertThat(checkpoint.transformer().layout()).isEqualTo("gpt2");
            assertThat(checkpoint.transformer().layers()).hasSize(4);
        }
    }

    @Test
    void readsOnlyWhatDescribesTheTensors() throws IOException {
        try (Checkpoint checkpoint = Zoo.open("base-g-sft-bin")) {
            assertThat(checkpoint.totals().bytes()).isLessThan(20_000);
        }
    }

    @Test
    void readsAnyRangeOfAnyView() throws IOException {
        var random = new Random(3);
        for (Tensor tensor : tensors("views.pt")) {
            float[] whole = Golden.values(tensor);
            for (int round = 0; round < 50 && whole.length > 0; round++) {
                int first = random.nextInt(whole.length);
                int count = random.nextInt(whole.length - first + 1);
                var part = new float[count + 2];
                tensor.read(first, count, part, 1);
                assertThat(Arrays.copyOfRange(part, 1, count + 1))
                        .as("%s from %d, %d values", tensor.name(), first, count)
                        .isEqualTo(Arrays.copyOfRange(whole, first, first + count));
            }
        }
    }

    private static List<Tensor> tensors(String file) throws IOException {
        var storage = new MemoryStorage().with(file, Golden.resource("pytorch/" + file));
        return PyTorchFormat.tensors(storage, storage.list());
    }
}
