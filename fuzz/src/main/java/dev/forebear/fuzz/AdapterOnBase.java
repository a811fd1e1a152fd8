package dev.forebear.fuzz;

import dev.forebear.checkpoint.Checkpoint;
import java.io.IOException;

/** The files of an adapter, put on a sound base. */
final class AdapterOnBase implements Parser {

    private final SoundFile weights = SoundFile.read("model.safetensors");
    private final SoundFile config = SoundFile.read("config.json");

    @Override
    public void read(byte[] input) throws IOException {
        var base = new MemoryFiles().with(weights.name(), weights.content()).with(config.name(), config.content());
        WholeCheckpoint.read(Checkpoint.open(ModelFolder.of(input), base));
    }
}
