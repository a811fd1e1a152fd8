package dev.forebear.fuzz;

import java.io.IOException;
import java.util.Arrays;

/**
 * An index of shards beside sound shards.
 *
 * <pre>
 *   format u8 (even: safetensors, odd: PyTorch), JSON
 * </pre>
 */
final class ShardIndexes implements Parser {

    private final SoundFile model = SoundFile.read("model.safetensors");
    private final SoundFile other = SoundFile.read("other.safetensors");
    private final SoundFile torch = SoundFile.read("pytorch_model.bin");

    @Override
    public void read(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] index = Arrays.copyOfRange(input, 1, input.length);
        WholeCheckpoint.read(
                input[0] % 2 == 0
                        ? new MemoryFiles()
                                .with("model.safetensors.index.json", index)
                                .with("model-00001-of-00002.safetensors", model.content())
                                .with("model-00002-of-00002.safetensors", other.content())
                        : new MemoryFiles()
                                .with("pytorch_model.bin.index.json", index)
                                .with("pytorch_model-00001-of-00001.bin", torch.content()));
    }
}
