package dev.forebear.cli.evaluate;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The truth about a zoo: what each model was really made from.
 *
 * @param models in the order in which they were uploaded
 */
record Lineage(List<LineageEntry> models) {

    /** Name of the file that holds it. */
    static final String FILE = "lineage.json";

    /** Largest number of models that are held against each other. */
    static final int MOST_MODELS = 2_000;

    private static final long LARGEST_FILE = 64L << 20;

    Lineage {
        models = List.copyOf(models);
    }

    /**
     * Reads the file of a zoo.
     *
     * @throws CheckpointException MISSING without one, MALFORMED when it is none
     */
    static Lineage read(Path zoo) throws IOException {
        Path file = zoo.resolve(FILE);
        if (!Files.isDirectory(zoo)) {
            throw new CheckpointException(Reason.MISSING, zoo.toString(), "expected a folder of models, found none");
        }
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(
                    Reason.MISSING, file.toString(), "expected the lineage of the models, found none");
        }
        long size = Files.size(file);
        if (size > LARGEST_FILE) {
            throw new CheckpointException(
                    Reason.REFUSED,
                    file.toString(),
                    "expected at most %,d bytes, found %,d".formatted(LARGEST_FILE, size));
        }
        return new LineageReader(file.toString()).read(Files.readAllBytes(file));
    }

    /** Position of each model by its id. */
    Map<String, Integer> positions() {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < models.size(); i++) {
            positions.put(models.get(i).id(), i);
        }
        return positions;
    }
}
