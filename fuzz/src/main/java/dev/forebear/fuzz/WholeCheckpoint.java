package dev.forebear.fuzz;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.storage.Storage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads all that a checkpoint says, and samples of its values; goes on after what cannot be read. */
final class WholeCheckpoint {

    private static final int TENSORS = 32;
    private static final int VALUES = 600;
    private static final int LAST_VALUES = 7;
    private static final String TEXT = "The  quick brown fox, 1234 \u00e9\u4e2d\ud83d\ude00\n";

    private final Checkpoint checkpoint;
    private @Nullable CheckpointException refusal;

    private WholeCheckpoint(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    private interface Part {
        void read() throws IOException;
    }

    /** @throws CheckpointException the first one, when a part cannot be read */
    static void read(Storage storage) throws IOException {
        read(Checkpoint.open(storage));
    }

    /** As {@link #read(Storage)}; closes the checkpoint. */
    static void read(Checkpoint opened) throws IOException {
        try (var checkpoint = opened) {
            var whole = new WholeCheckpoint(checkpoint);
            whole.part(checkpoint::declarations);
            whole.readWeights();
            whole.readDescription();
            whole.end();
        }
    }

    /** As {@link #read(Storage)}, of weights that need not be those of a model. */
    static void readWeights(Storage storage) throws IOException {
        try (var checkpoint = Checkpoint.open(storage)) {
            var whole = new WholeCheckpoint(checkpoint);
            whole.readWeights();
            whole.end();
        }
    }

    private void end() throws CheckpointException {
        if (refusal != null) {
            throw refusal;
        }
    }

    private void readWeights() throws IOException {
        readAll(checkpoint.tensors());
        part(() -> readAll(checkpoint.weights()));
        part(() -> checkpoint.quantisation());
    }

    private void readDescription() throws IOException {
        if (isThere(checkpoint::config)) {
            part(checkpoint::transformer);
        }
        part(() -> {
            var tokenizer = checkpoint.tokenizer();
            if (tokenizer != null) {
                tokenizer.tokens();
                tokenizer.encode(TEXT);
            }
        });
    }

    /** A checkpoint without a configuration is read as far as it goes. */
    private static boolean isThere(Part config) throws IOException {
        try {
            config.read();
            return true;
        } catch (CheckpointException absent) {
            if (absent.reason() == CheckpointException.Reason.MISSING) {
                return false;
            }
            throw absent;
        }
    }

    private void readAll(List<Tensor> tensors) throws IOException {
        for (Tensor tensor : tensors.subList(0, Math.min(TENSORS, tensors.size()))) {
            part(() -> readSamples(tensor));
        }
    }

    private static void readSamples(Tensor tensor) throws IOException {
        long elements = tensor.elements();
        var values = new float[VALUES];
        tensor.read(0, (int) Math.min(VALUES, elements), values, 0);
        int last = (int) Math.min(LAST_VALUES, elements);
        tensor.read(elements - last, last, values, 0);
        tensor.bytes();
        tensor.storedAs();
    }

    private void part(Part part) throws IOException {
        try {
            part.read();
        } catch (CheckpointException unreadable) {
            refusal = refusal == null ? unreadable : refusal;
        }
    }
}
