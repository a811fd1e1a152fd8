package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.StorageLocation.Bucket;
import dev.forebear.checkpoint.storage.StorageLocation.HubModel;
import dev.forebear.checkpoint.storage.StorageLocation.Local;
import dev.forebear.checkpoint.storage.StorageLocation.RegistryImage;
import dev.forebear.checkpoint.storage.StorageLocation.ServedArtifacts;
import dev.forebear.checkpoint.storage.StorageLocation.Tracked;
import dev.forebear.checkpoint.storage.hub.HubStorage;
import dev.forebear.checkpoint.storage.mlflow.MlflowServer;
import dev.forebear.checkpoint.storage.oci.OciStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Opens the storage at a location with the access that the operator configured. A location that ends as files of
 * weights do is that one file with the configuration, tokenizer and card beside it.
 */
public final class Locations {

    private final StoreAccess access;
    private final Rule rule;

    /** Which locations may be opened. Asked before anything is connected to. */
    public interface Rule {

        /** Every location that there is access to. */
        Rule ANY = location -> location;

        /**
         * @return the location to open instead, the same but for what leads elsewhere, such as links
         * @throws CheckpointException REFUSED when it may not be opened, MISSING when there is none
         */
        StorageLocation permitted(StorageLocation location) throws IOException;
    }

    /** @param rule asked about every location, and about where an MLflow server says that it lies */
    public Locations(StoreAccess access, Rule rule) {
        this.access = access;
        this.rule = rule;
    }

    /**
     * @throws CheckpointException UNSUPPORTED or MALFORMED for what is no location, REFUSED for what may not be opened
     *     or there is no access to
     * @throws IOException when an MLflow server that has to be asked gave no answer
     */
    public Storage open(String location) throws IOException {
        StorageLocation permitted = rule.permitted(StorageLocation.parse(location));
        if (!(permitted instanceof Tracked tracked)) {
            return stored(permitted);
        }
        StorageLocation found = StorageLocation.parse(mlflow(tracked).locate(tracked));
        return new WeightsFolder(stored(rule.permitted(found)));
    }

    private Storage stored(StorageLocation location) throws CheckpointException {
        return switch (location) {
            case Local local -> local(local.path());
            case Bucket bucket -> bucket(bucket);
            case HubModel model -> hub(model);
            case ServedArtifacts artifacts -> served(artifacts);
            case RegistryImage image -> image(image);
            case Tracked tracked ->
                throw new CheckpointException(
                        Reason.MALFORMED, tracked.toString(), "expected where it lies, found what has to be asked for");
        };
    }

    private static Storage local(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (OciStorage.isLayout(path)) {
            return new WeightsFolder(OciStorage.layout(path));
        }
        if (parent != null && WeightsNames.isWeights(path.toString()) && !Files.isDirectory(path)) {
            return new SingleFileStorage(
                    new FolderStorage(parent), path.getFileName().toString());
        }
        return new FolderStorage(path);
    }

    private Storage bucket(Bucket bucket) throws CheckpointException {
        S3Access s3 = required(access.s3(), bucket, "access to object storage");
        return folderOrFile(bucket.prefix(), prefix -> new SmallFiles(new S3Storage(s3, bucket.bucket(), prefix)));
    }

    private Storage hub(HubModel model) throws CheckpointException {
        var hub = required(access.hub(), model, "access to a hub");
        return folderOrFile(
                model.path(),
                path -> new SmallFiles(new HubStorage(hub, new HubModel(model.id(), model.revision(), path))));
    }

    private Storage served(ServedArtifacts artifacts) throws CheckpointException {
        MlflowServer server = mlflow(artifacts);
        return folderOrFile(
                artifacts.path(),
                path -> new WeightsFolder(new SmallFiles(server.open(new ServedArtifacts(artifacts.server(), path)))));
    }

    private Storage image(RegistryImage image) throws CheckpointException {
        var oci = required(access.oci(), image, "access to OCI registries");
        return new WeightsFolder(new SmallFiles(OciStorage.registry(oci, image)));
    }

    private MlflowServer mlflow(StorageLocation location) throws CheckpointException {
        return new MlflowServer(required(access.mlflow(), location, "an MLflow server in MLFLOW_TRACKING_URI"));
    }

    private interface Folder {

        Storage at(String path) throws CheckpointException;
    }

    private static Storage folderOrFile(String path, Folder folder) throws CheckpointException {
        if (!WeightsNames.isWeights(path)) {
            return folder.at(path);
        }
        int slash = path.lastIndexOf('/');
        return new SingleFileStorage(folder.at(slash < 0 ? "" : path.substring(0, slash)), path.substring(slash + 1));
    }

    private static <T> T required(@Nullable T access, StorageLocation location, String what)
            throws CheckpointException {
        if (access == null) {
            throw new CheckpointException(
                    Reason.REFUSED, location.toString(), "expected " + what + ", found none configured");
        }
        return access;
    }
}
