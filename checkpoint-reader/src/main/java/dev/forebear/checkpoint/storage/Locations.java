package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens the storage at a location with the access that the operator configured. A location that ends as files of
 * weights do is that one file with the configuration, tokenizer and card beside it.
 */
public final class Locations {

    private static final List<String> WEIGHTS_SUFFIXES =
            List.of(".safetensors", ".bin", ".pt", ".pth", ".gguf", ".npz", ".onnx");

    private final @Nullable S3Access s3;

    /** @param s3 access to object storage; without it s3:// locations are refused */
    public Locations(Optional<S3Access> s3) {
        this.s3 = s3.orElse(null);
    }

    /**
     * @throws CheckpointException UNSUPPORTED or MALFORMED for what is no location, REFUSED for s3:// without access
     */
    public Storage open(String location) throws CheckpointException {
        return switch (StorageLocation.parse(location)) {
            case StorageLocation.Local local -> local(local.path());
            case StorageLocation.Bucket bucket -> bucket(location, bucket);
        };
    }

    private static Storage local(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null && isWeights(path.toString()) && !Files.isDirectory(path)) {
            return new SingleFileStorage(
                    new FolderStorage(parent), path.getFileName().toString());
        }
        return new FolderStorage(path);
    }

    private Storage bucket(String location, StorageLocation.Bucket bucket) throws CheckpointException {
        if (s3 == null) {
            throw new CheckpointException(
                    Reason.REFUSED, location, "expected access to object storage, found none configured");
        }
        String prefix = bucket.prefix();
        if (isWeights(prefix)) {
            int slash = prefix.lastIndexOf('/');
            String folder = slash < 0 ? "" : prefix.substring(0, slash);
            return new SingleFileStorage(
                    new SmallFiles(new S3Storage(s3, bucket.bucket(), folder)), prefix.substring(slash + 1));
        }
        return new SmallFiles(new S3Storage(s3, bucket.bucket(), prefix));
    }

    private static boolean isWeights(String path) {
        return WEIGHTS_SUFFIXES.stream().anyMatch(path::endsWith);
    }
}
