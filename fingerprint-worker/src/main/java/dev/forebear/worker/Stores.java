package dev.forebear.worker;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Locations;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The configured stores. Nothing that an announcement says leads outside them, and nothing that an MLflow server says
 * about where its models lie. Safe for use by several threads.
 */
final class Stores {

    private final StoresConfig config;
    private final Locations locations;

    Stores(StoresConfig config) {
        this.config = config;
        this.locations = new Locations(config.access(), this::permitted);
    }

    /**
     * Opens the storage at a location as an announcement wrote it.
     *
     * @throws CheckpointException REFUSED when the location is in no configured store, UNSUPPORTED when it is of a kind
     *     that is not read, MALFORMED when it is none
     * @throws IOException if the store could not be reached
     */
    Storage open(String location) throws IOException {
        return locations.open(location);
    }

    private StorageLocation permitted(StorageLocation location) throws IOException {
        return switch (location) {
            case StorageLocation.Local local -> local(local.path());
            case StorageLocation.Bucket bucket -> {
                if (!config.buckets().isEmpty() && !config.buckets().contains(bucket.bucket())) {
                    throw refused(bucket, "expected a bucket that may be read, found '" + bucket.bucket() + "'");
                }
                yield bucket;
            }
            case StorageLocation.HubModel model -> {
                if (!config.repositories().isEmpty() && !config.repositories().hold(model.id())) {
                    throw refused(model, "expected a repository that may be read, found '" + model.id() + "'");
                }
                yield model;
            }
            case StorageLocation.RegistryImage image -> {
                String name = image.registry() + "/" + image.repository();
                if (!config.registries().hold(name)) {
                    throw refused(image, "expected a registry that may be read, found '" + name + "'");
                }
                yield image;
            }
            // Their server is the one that the operator configured, and where it says that they lie is judged again.
            case StorageLocation.ServedArtifacts artifacts -> artifacts;
            case StorageLocation.Tracked tracked -> tracked;
        };
    }

    private StorageLocation local(Path path) throws IOException {
        var location = new StorageLocation.Local(path);
        if (!path.isAbsolute()) {
            throw refused(location, "expected an absolute path");
        }
        Path lexical = path.normalize();
        if (config.folders().stream().noneMatch(root -> lexical.startsWith(root.normalize()))) {
            throw refused(location, "expected a folder that may be read, found one outside");
        }
        try {
            Path real = lexical.toRealPath();
            for (Path root : config.folders()) {
                if (real.startsWith(root.toRealPath())) {
                    return new StorageLocation.Local(real);
                }
            }
        } catch (NoSuchFileException e) {
            throw new CheckpointException(Reason.MISSING, location.toString(), "expected a folder, found none");
        }
        throw refused(location, "expected a folder that may be read, found a link to one outside");
    }

    private static CheckpointException refused(StorageLocation location, String message) {
        return new CheckpointException(Reason.REFUSED, location.toString(), message);
    }
}
