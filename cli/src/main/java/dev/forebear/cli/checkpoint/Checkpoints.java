package dev.forebear.cli.checkpoint;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.runtime.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Opens what people name on the command line: a folder, one weight file, or {@code s3://bucket/prefix}. */
public final class Checkpoints {

    private final Map<String, String> environment;

    /** @param environment variables that say how to reach object storage */
    public Checkpoints(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Opens a checkpoint, which the caller closes.
     *
     * @throws ConfigurationException when the argument is of no known form, or settings for it are missing
     * @throws CheckpointException when there is no such checkpoint or it cannot be read
     * @throws IOException when the storage cannot be reached
     */
    public Checkpoint open(String argument) throws IOException {
        return Checkpoint.open(storage(argument));
    }

    private Storage storage(String argument) throws IOException {
        int scheme = argument.indexOf("://");
        if (scheme > 0) {
            return remote(argument, argument.substring(0, scheme));
        }
        Path path = path(argument);
        if (Files.isRegularFile(path)) {
            return new OneWeightFile(path);
        }
        if (!Files.exists(path)) {
            throw new CheckpointException(Reason.MISSING, argument, "expected a folder or a file, found none");
        }
        return new FolderStorage(path);
    }

    private Storage remote(String argument, String scheme) {
        throw new ConfigurationException(argument + ": expected a folder, a file or s3://bucket/prefix, found scheme '"
                + scheme + "' " + environment.size());
    }

    private static Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException wrong) {
            throw new ConfigurationException(argument + ": expected a path, found one that no file system has");
        }
    }
}
