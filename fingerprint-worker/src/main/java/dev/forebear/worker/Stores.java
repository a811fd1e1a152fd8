package dev.forebear.worker;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Locations;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The configured stores. Nothing an announcement says leads outside them. Safe for use by several threads. */
final class Stores {

    private final StoresConfig config;
    private final Locations locations;

    Stores(StoresConfig config) {
        this.config = config;
        this.locations = new Locations(Optional.ofNullable(config.s3()));
    }

    /**
     * Opens the storage at a location as an announcement wrote it.
     *
     * @throws CheckpointException REFUSED when the location is in no configured store, UNSUPPORTED when it is of a kind
     *     that is not read, MALFORMED when it is none
     * @throws IOException if the store could not be reached
     */
    Storage open(String location) throws IOException {
        return switch (StorageLocation.parse(location)) {
            case StorageLocation.Bucket bucket -> bucket(location, bucket.bucket());
            case StorageLocation.Local local -> local(location, local.path());
        };
    }

    private Storage bucket(String location, String bucket) throws IOException {
        if (!config.buckets().isEmpty() && !config.buckets().contains(bucket)) {
            throw refused(location, "expected a bucket that may be read, found '" + bucket + "'");
        }
        return locations.open(location);
    }

    private Storage local(String location, Path path) throws IOException {
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
                    return locations.open(real.toString());
                }
            }
        } catch (NoSuchFileException e) {
            throw new CheckpointException(Reason.MISSING, location, "expected a folder, found none");
        }
        throw refused(location, "expected a folder that may be read, found a link to one outside");
    }

    private static CheckpointException refused(String location, String message) {
        return new CheckpointException(Reason.REFUSED, location, message);
    }
}
