package dev.forebear.cli.checkpoint;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Declarations;
import dev.forebear.checkpoint.storage.Locations;
import dev.forebear.checkpoint.storage.S3Access;
import dev.forebear.checkpoint.storage.S3Access.SecretKey;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoreAccess;
import dev.forebear.checkpoint.storage.StoreVariables;
import dev.forebear.checkpoint.storage.hub.HubAccess;
import dev.forebear.runtime.Environment;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens what people name on the command line: a folder, one weight file, or what lies in a store. Variables say how
 * stores are reached: {@code FOREBEAR_S3_*} for {@code s3://}, {@code HF_*} for {@code hf://},
 * {@code MLFLOW_TRACKING_*} for MLflow, {@code DOCKER_CONFIG} and {@code FOREBEAR_OCI_*} for {@code oci://}.
 */
public final class Checkpoints {

    /** For the help of the commands. */
    public static final String DESCRIPTION = "A folder, a file of weights, s3://bucket/prefix, hf://org/name@revision, "
            + "oci://host/repository:tag, or models:/name/version, runs:/id/path of MLflow.";

    private static final URI DEFAULT_ENDPOINT = URI.create("http://localhost:9000");

    private final Map<String, String> environment;

    /** @param environment variables that say how to reach stores; read only when they are needed */
    public Checkpoints(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Opens a checkpoint, which the caller closes.
     *
     * @throws dev.forebear.runtime.ConfigurationException when settings for its store are wrong
     * @throws CheckpointException when there is no such checkpoint or it cannot be read
     * @throws IOException when the storage cannot be reached
     */
    public Checkpoint open(String location) throws IOException {
        return open(location, null);
    }

    /**
     * The same, where an adapter is put on its base: the one that is given, else the folder of the name that it
     * declares. An adapter whose base is neither is opened alone.
     *
     * @param base location of the base; null when none is given
     */
    public Checkpoint open(String location, @Nullable String base) throws IOException {
        Checkpoint checkpoint = Checkpoint.open(storage(location));
        String found = base == null ? folder(checkpoint.declaredAdapterBase()) : base;
        if (!checkpoint.isAdapterAlone() || found == null) {
            return checkpoint;
        }
        checkpoint.close();
        return Checkpoint.open(storage(location), storage(found));
    }

    /**
     * What the files at a location declare, also when their weights cannot be read.
     *
     * @throws CheckpointException when there is nothing that could be opened at such a location
     * @throws IOException when the storage cannot be reached
     */
    public Declarations declarations(String location) throws IOException {
        try (Storage storage = storage(location)) {
            return Declarations.read(storage);
        }
    }

    private Storage storage(String location) throws IOException {
        return new Locations(access(location), Locations.Rule.ANY).open(location);
    }

    // What a file says leads to a model in a folder of this machine at most, and to no search through another.
    private static @Nullable String folder(@Nullable String declared) {
        try {
            if (declared == null || declared.isBlank()) {
                return null;
            }
            return Files.isRegularFile(Path.of(declared, "config.json")) ? declared : null;
        } catch (InvalidPathException noPath) {
            return null;
        }
    }

    /** A short name for a location: its last part. */
    public static String name(String location) {
        String trimmed = location.replaceAll("[/\\\\]+$", "").replaceAll("(?<=[^/])/\\.$", "");
        String last = trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
        return last.isEmpty() || last.equals(".") || last.equals("..") ? "checkpoint" : last;
    }

    /** A folder needs no settings, so that wrong ones do not keep anybody from reading one. */
    private StoreAccess access(String location) {
        if (location.startsWith("s3://")) {
            return StoreAccess.of(new Environment(environment).read(Checkpoints::s3));
        }
        return location.matches("[A-Za-z][A-Za-z-]+:/.*") && !location.startsWith("file:")
                ? new Environment(environment).read(Checkpoints::stores)
                : StoreAccess.NONE;
    }

    private static StoreAccess stores(Environment environment) {
        var variables = new StoreVariables(environment::optional, environment::secretText, environment::problem);
        HubAccess hub = variables.hub();
        return new StoreAccess(
                environment.optional("FOREBEAR_S3_ACCESS_KEY") == null ? null : s3(environment),
                hub == null ? new HubAccess(HubAccess.DEFAULT_ENDPOINT, null) : hub,
                variables.mlflow(),
                variables.oci());
    }

    private static S3Access s3(Environment variables) {
        URI endpoint = variables.uri("FOREBEAR_S3_ENDPOINT", DEFAULT_ENDPOINT);
        String accessKey = variables.optional("FOREBEAR_S3_ACCESS_KEY");
        Secret secretKey = variables.secret("FOREBEAR_S3_SECRET_KEY");
        if (accessKey == null || secretKey == null) {
            variables.problem("FOREBEAR_S3_ACCESS_KEY, FOREBEAR_S3_SECRET_KEY: expected both to read s3://, found "
                    + (accessKey == null && secretKey == null ? "none" : "one"));
        }
        return new S3Access(
                endpoint,
                accessKey == null ? "" : accessKey,
                new SecretKey(secretKey == null ? "" : secretKey.reveal()),
                variables.text("FOREBEAR_S3_REGION", S3Access.DEFAULT_REGION));
    }
}
