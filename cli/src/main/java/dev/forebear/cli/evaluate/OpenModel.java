package dev.forebear.cli.evaluate;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A model of a zoo as far as it can be read. */
sealed interface OpenModel extends AutoCloseable {

    /** One whose weights are recognised. */
    record Readable(Checkpoint checkpoint) implements OpenModel {

        @Override
        public void close() {
            checkpoint.close();
        }
    }

    /**
     * One that cannot be compared with anything.
     *
     * @param reason one line that begins with the model
     */
    record Unreadable(String reason) implements OpenModel {

        @Override
        public void close() {}
    }

    @Override
    void close();

    /** Opens a model of the zoo; what is wrong with it is the outcome, not an exception. */
    static OpenModel open(Path zoo, LineageEntry entry, AdapterBases bases) {
        try {
            return readable(bases.open(inside(zoo, entry.folder())));
        } catch (IOException | RuntimeException unreadable) {
            return new Unreadable(entry.id() + ": " + Reasons.of(unreadable));
        }
    }

    private static OpenModel readable(Checkpoint checkpoint) throws IOException {
        try {
            checkpoint.transformer();
            return new Readable(checkpoint);
        } catch (IOException | RuntimeException unreadable) {
            checkpoint.close();
            throw unreadable;
        }
    }

    // The lineage comes from strangers: it names folders of the zoo and nothing else.
    static Path inside(Path zoo, String folder) throws CheckpointException {
        try {
            Path root = zoo.toAbsolutePath().normalize();
            Path inside = root.resolve(folder).normalize();
            if (inside.startsWith(root) && !inside.equals(root)) {
                return zoo.resolve(folder);
            }
        } catch (InvalidPathException noName) {
            throw new CheckpointException(
                    Reason.REFUSED, folder, "expected a folder name of this system, found " + noName.getReason());
        }
        throw new CheckpointException(Reason.REFUSED, folder, "expected a folder inside the zoo, found one outside");
    }
}
