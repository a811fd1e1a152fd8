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

/** The checkpoints of a folder, fingerprinted: each sub-folder of one is a model of its name. */
final class FolderModels {

    private FolderModels() {}

    /**
     * Fingerprints all of them. One that cannot be read is told and left out.
     *
     * @throws IOException when there is no such folder
     */
    static Models in(Path folder, Instant now, Console console) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(Reason.MISSING, folder.toString(), "expected a folder of models, found none");
        }
        List<ReferenceModel> models = new ArrayList<>();
        for (Path checkpoint : checkpoints(folder)) {
            try {
                models.add(model(checkpoint, now, console));
            } catch (IOException unreadable) {
                console.note("left out  " + unreadable.getMessage());
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

    private static ReferenceModel model(Path folder, Instant now, Console console) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(folder))) {
            checkpoint.transformer(); // which says what is missing
            var described = Description.named(folder.getFileName().toString(), now);
            return described.record(LocalFingerprint.of(checkpoint, console), checkpoint.declarations(), now);
        }
    }
}
