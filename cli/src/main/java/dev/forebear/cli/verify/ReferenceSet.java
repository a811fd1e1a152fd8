package dev.forebear.cli.verify;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.reference.FileModels;
import dev.forebear.cli.reference.FolderModels;
import dev.forebear.cli.reference.Models;
import dev.forebear.cli.reference.ReferenceRecords;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.signals.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reference models that a checkpoint can be held against without an instance.
 *
 * @param place file or folder
 * @param models those whose fingerprints can be compared
 * @param leftOut one line for each model, or group of them, that takes no part
 */
record ReferenceSet(String place, List<ModelFingerprint> models, List<String> leftOut) {

    /** A folder says nothing of releases: whatever lies in it came before. */
    private static final Instant BEFORE = Instant.EPOCH;

    ReferenceSet {
        models = List.copyOf(models);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Reads all of them but the checkpoint itself.
     *
     * @param checked location of the checkpoint
     * @throws IOException when it is neither a file of reference models nor a folder of models, or when no model in it
     *     can be compared
     */
    static ReferenceSet of(Path place, String checked, Console console) throws IOException {
        List<String> leftOut = new ArrayList<>();
        Models all = Files.isRegularFile(place)
                ? new FileModels(place)
                : FolderModels.in(place, folder -> isSame(folder, checked), BEFORE, console, leftOut::add);
        var sorted = new Sorted();
        all.forEach(model -> sorted.take(model.getModel(), ReferenceRecords.isForeign(model)));
        sorted.tell(leftOut);
        if (sorted.models.isEmpty()) {
            throw new IOException(place + ": expected models to compare weights with, found "
                    + (leftOut.isEmpty() ? "none" : "only " + String.join("; ", leftOut)));
        }
        return new ReferenceSet(place.toString(), sorted.models, leftOut);
    }

    private static boolean isSame(Path folder, String checked) {
        try {
            return !checked.contains("://") && Files.isSameFile(folder, Path.of(checked));
        } catch (IOException | RuntimeException unknown) {
            return false;
        }
    }

    /** Models by whether they can be compared. */
    private static final class Sorted {

        private final List<ModelFingerprint> models = new ArrayList<>();
        private int foreign;
        private int older;

        void take(ModelFingerprint model, boolean isForeign) {
            int algorithm = Objects.requireNonNull(model.getFingerprint()).getAlgorithmVersion();
            if (isForeign) {
                foreign++;
            } else if (algorithm != Fingerprint.ALGORITHM_VERSION) {
                older++;
            } else {
                models.add(model);
            }
        }

        void tell(List<String> leftOut) {
            if (foreign > 0) {
                leftOut.add("%,d of which only the peer's signals are known, which prove nothing".formatted(foreign));
            }
            if (older > 0) {
                leftOut.add(
                        "%,d whose fingerprints an older version of Forebear made; export them again".formatted(older));
            }
        }
    }
}
