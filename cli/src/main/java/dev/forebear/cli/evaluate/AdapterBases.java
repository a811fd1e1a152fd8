package dev.forebear.cli.evaluate;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Declarations;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.cli.checkpoint.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the base of an adapter among the models of a zoo, by the name that it declares, as the product does. */
final class AdapterBases {

    private final Path zoo;
    private final Map<String, String> folders = new HashMap<>();

    AdapterBases(Path zoo, Lineage lineage) {
        this.zoo = zoo;
        lineage.models().forEach(entry -> folders.putIfAbsent(entry.id().toLowerCase(Locale.ROOT), entry.folder()));
    }

    /** Opens a model of the zoo, and with an adapter its base; an adapter whose base is not there alone. */
    Checkpoint open(Path folder) throws IOException {
        Checkpoint alone = Checkpoint.open(new FolderStorage(folder));
        try {
            String base = alone.isAdapterAlone() ? folder(alone.declarations()) : null;
            if (base == null) {
                return alone;
            }
            Checkpoint together =
                    Checkpoint.open(new FolderStorage(folder), new FolderStorage(OpenModel.inside(zoo, base)));
            alone.close();
            return together;
        } catch (IOException | RuntimeException failure) {
            alone.close();
            throw failure;
        }
    }

    private @Nullable String folder(Declarations declarations) {
        for (String name : declarations.statedNames()) {
            String found = folders.get(Checkpoints.name(name).toLowerCase(Locale.ROOT));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
