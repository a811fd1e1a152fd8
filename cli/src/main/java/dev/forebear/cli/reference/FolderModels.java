package dev.forebear.cli.reference;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.fingerprint.LocalFingerprint;
import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The checkpoints of a folder, fingerprinted: each sub-folder of one is a model of its name. */
public final class FolderModels {

    private FolderModels() {}

    /**
     * Fingerprints all of them. One that cannot be read is told and left out.
     *
     * @param except folders that are none of them
     * @param released when all of them count as released
     * @param leftOut told of each that is left out, in a line
     * @throws IOException when there is no such folder
     */
    public static Models in(
            Path folder, Predicate<Path> except, Instant released, Console console, Consumer<String> leftOut)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(Reason.MISSING, folder.toString(), "expected a folder of models, found none");
        }
        List<ReferenceModel> models = new ArrayList<>();
        for (Path checkpoint : checkpoints(folder)) {
            if (except.test(checkpoint)) {
                continue;
            }
            try {
                models.add(model(checkpoint, released, console));
            } catch (IOException unreadable) {
                leftOut.accept(String.valueOf(unreadable.getMessage()));
            }
        }
        return Models.of(models);
    }

    private static List<Path> checkpoints(Path folder) throws IOException {
        try (var listing = Files.list(folder)) {
            return listing.filter(entry -> Files.exists(entry.resolve("config.json")))
                    .sorted()
                    .toList();
        }
    }

    private static ReferenceModel model(Path folder, Instant released, Console console) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(folder))) {
            checkpoint.transformer(); // which says what is missing
            var described = Description.named(folder.getFileName().toString(), released);
            return described.record(LocalFingerprint.of(checkpoint, console), checkpoint.declarations(), released);
        }
    }
}
