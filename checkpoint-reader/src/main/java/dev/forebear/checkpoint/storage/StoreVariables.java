package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.checkpoint.storage.hub.HubAccess;
import dev.forebear.checkpoint.storage.mlflow.MlflowAccess;
import dev.forebear.checkpoint.storage.oci.DockerConfig;
import dev.forebear.checkpoint.storage.oci.OciAccess;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads how stores are reached from the variables that their own tools read, so that what works there works here. What
 * is wrong becomes a problem of one line.
 */
public final class StoreVariables {

    private final Function<String, @Nullable String> texts;
    private final Function<String, @Nullable String> secrets;
    private final Consumer<String> problems;

    /**
     * @param texts value of a variable, or null when it is not set
     * @param secrets the same for what must not be shown
     * @param problems takes what is wrong
     */
    public StoreVariables(
            Function<String, @Nullable String> texts,
            Function<String, @Nullable String> secrets,
            Consumer<String> problems) {
        this.texts = texts;
        this.secrets = secrets;
        this.problems = problems;
    }

    private interface Reading<T> {

        @Nullable
        T read();
    }

    private <T> @Nullable T orProblem(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IllegalArgumentException wrong) {
            problems.accept(String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    /** The hub of {@code HF_ENDPOINT}, with {@code HF_TOKEN}; null when neither is set. */
    public @Nullable HubAccess hub() {
        String endpoint = texts.apply("HF_ENDPOINT");
        String token = secrets.apply("HF_TOKEN");
        if (endpoint == null && token == null) {
            return null;
        }
        return orProblem(() -> new HubAccess(
                endpoint == null ? HubAccess.DEFAULT_ENDPOINT : address("HF_ENDPOINT", endpoint),
                token == null ? null : Authorization.bearer(token)));
    }

    /**
     * The server of {@code MLFLOW_TRACKING_URI}, with {@code MLFLOW_TRACKING_TOKEN}, or
     * {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}; null when it is not set.
     */
    public @Nullable MlflowAccess mlflow() {
        String address = texts.apply("MLFLOW_TRACKING_URI");
        String token = secrets.apply("MLFLOW_TRACKING_TOKEN");
        String user = texts.apply("MLFLOW_TRACKING_USERNAME");
        String password = secrets.apply("MLFLOW_TRACKING_PASSWORD");
        if (address == null) {
            return null;
        }
        return orProblem(() -> new MlflowAccess(
                address("MLFLOW_TRACKING_URI", address),
                token == null ? basic("MLFLOW_TRACKING_", user, password) : Authorization.bearer(token)));
    }

    /**
     * Registries as {@code DOCKER_CONFIG} and {@code FOREBEAR_OCI_HOST}, {@code _USERNAME} and {@code _PASSWORD} say,
     * those of {@code FOREBEAR_OCI_PLAIN_HTTP} without encryption.
     */
    public OciAccess oci() {
        Map<String, Authorization> credentials = new HashMap<>(docker());
        String host = texts.apply("FOREBEAR_OCI_HOST");
        String user = texts.apply("FOREBEAR_OCI_USERNAME");
        String password = secrets.apply("FOREBEAR_OCI_PASSWORD");
        Authorization account = orProblem(() -> basic("FOREBEAR_OCI_", user, password));
        if ((host == null) != (account == null)) {
            problems.accept("FOREBEAR_OCI_HOST, FOREBEAR_OCI_USERNAME: expected both or none, found one");
        } else if (host != null && account != null) {
            credentials.put(host, account);
        }
        return new OciAccess(credentials, list("FOREBEAR_OCI_PLAIN_HTTP"));
    }

    // What was found is left out: people write passwords into addresses.
    private static URI address(String name, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(name + ": expected an http or https address, found none");
        }
    }

    /** Items of a variable, separated by commas. */
    public Set<String> list(String name) {
        String value = texts.apply(name);
        return value == null
                ? Set.of()
                : Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Authorization basic(String prefix, @Nullable String user, @Nullable String password) {
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException(
                    prefix + "USERNAME, " + prefix + "PASSWORD: expected both or none, found one");
        }
        return user == null || password == null ? null : Authorization.basic(user, password);
    }

    private Map<String, Authorization> docker() {
        String folder = texts.apply("DOCKER_CONFIG");
        if (folder == null) {
            return Map.of();
        }
        try {
            return DockerConfig.credentials(Path.of(folder));
        } catch (IOException | InvalidPathException unreadable) {
            problems.accept("DOCKER_CONFIG: expected a folder with a config.json, found " + unreadable.getMessage());
            return Map.of();
        }
    }
}
