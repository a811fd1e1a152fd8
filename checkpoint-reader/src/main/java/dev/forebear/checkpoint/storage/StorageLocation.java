package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a checkpoint lies, as people write it: a path, {@code file:}, {@code s3://bucket/prefix},
 * {@code hf://org/name@revision}, {@code oci://host/repository:tag}, or what MLflow calls its artifacts. Its text is
 * the location again.
 */
public sealed interface StorageLocation {

    /** A folder, or one weights file in it. */
    record Local(Path path) implements StorageLocation {

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * Objects below a prefix, or one of them.
     *
     * @param prefix without slashes around it; empty for the whole bucket
     */
    record Bucket(String bucket, String prefix) implements StorageLocation {

        public Bucket {
            if (!BUCKET_NAME.matcher(bucket).matches()) {
                throw new IllegalArgumentException(
                        "bucket: expected 3 to 63 lower-case letters, digits, dots or hyphens, found " + bucket);
            }
        }

        @Override
        public String toString() {
            return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
        }
    }

    /**
     * A model of a Hugging Face hub.
     *
     * @param id {@code org/name}, or {@code name} alone for the oldest models
     * @param revision branch, tag or commit
     * @param path of a folder or weights file in it; empty for all of it
     */
    record HubModel(String id, String revision, String path) implements StorageLocation {

        @Override
        public String toString() {
            return "hf://" + id + "@" + revision + (path.isEmpty() ? "" : "/" + path);
        }
    }

    /**
     * A model in an OCI registry.
     *
     * @param registry {@code host} or {@code host:port}
     * @param reference tag, or digest such as {@code sha256:...}
     */
    record RegistryImage(String registry, String repository, String reference) implements StorageLocation {

        @Override
        public String toString() {
            return "oci://" + registry + "/" + repository + (reference.contains(":") ? "@" : ":") + reference;
        }
    }

    /**
     * Artifacts that an MLflow server hands out itself.
     *
     * @param server {@code host} or {@code host:port}; empty for the tracking server
     * @param path of a folder or weights file, without slashes around it
     */
    record ServedArtifacts(String server, String path) implements StorageLocation {

        @Override
        public String toString() {
            return "mlflow-artifacts:" + (server.isEmpty() ? "" : "//" + server) + "/" + path;
        }
    }

    /** What only an MLflow server can tell the location of. */
    sealed interface Tracked extends StorageLocation {}

    /** @param version number, or {@code @alias} */
    record RegisteredModel(String name, String version) implements Tracked {

        @Override
        public String toString() {
            return "models:/" + name + (version.startsWith("@") ? version : "/" + version);
        }
    }

    /** @param id {@code m-} and hexadecimal digits */
    record LoggedModel(String id, String path) implements Tracked {

        @Override
        public String toString() {
            return "models:/" + id + (path.isEmpty() ? "" : "/" + path);
        }
    }

    /** @param path of the artifact in its run; may be empty */
    record RunArtifacts(String run, String path) implements Tracked {

        @Override
        public String toString() {
            return "runs:/" + run + (path.isEmpty() ? "" : "/" + path);
        }
    }

    Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** @throws CheckpointException UNSUPPORTED for a scheme that is not known, MALFORMED when it is no location */
    static StorageLocation parse(String text) throws CheckpointException {
        return LocationText.parse(text);
    }
}
