package dev.forebear.worker;

import dev.forebear.checkpoint.storage.S3Access;
import dev.forebear.checkpoint.storage.StoreAccess;
import dev.forebear.checkpoint.storage.StoreVariables;
import dev.forebear.runtime.Environment;
import dev.forebear.runtime.Secret;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places that weights may be read from.
 *
 * @param access how stores are reached; those that are not configured are not read
 * @param buckets the only buckets that may be read; empty for all that the access key may read
 * @param folders folders below which local checkpoints may lie; empty when none may
 * @param repositories the only owners and models of the hub that may be read; empty for all that the token may read
 * @param registries the OCI registries, or parts of them, that may be read; empty when none may
 */
public record StoresConfig(
        StoreAccess access,
        Set<String> buckets,
        List<Path> folders,
        NamePrefixes repositories,
        NamePrefixes registries) {

    private static final URI DEFAULT_ENDPOINT = URI.create("http://localhost:9000");

    public StoresConfig {
        buckets = Set.copyOf(buckets);
        folders = List.copyOf(folders);
        for (Path folder : folders) {
            if (!folder.isAbsolute()) {
                throw new IllegalArgumentException("folders: expected absolute paths, found '" + folder + "'");
            }
        }
    }

    /** One S3 server, all buckets, no folders. */
    public static StoresConfig ofS3(URI endpoint, String accessKey, Secret secretKey) {
        S3Access s3 = access(endpoint, accessKey, secretKey, S3Access.DEFAULT_REGION);
        return new StoresConfig(StoreAccess.of(s3), Set.of(), List.of(), NamePrefixes.NONE, NamePrefixes.NONE);
    }

    /** Local folders and nothing else. */
    static StoresConfig ofFolders(List<Path> folders) {
        return new StoresConfig(StoreAccess.NONE, Set.of(), folders, NamePrefixes.NONE, NamePrefixes.NONE);
    }

    static StoresConfig fromEnvironment(Environment environment) {
        var variables = new StoreVariables(environment::optional, environment::secretText, environment::problem);
        return new StoresConfig(
                new StoreAccess(s3(environment), variables.hub(), variables.mlflow(), variables.oci()),
                variables.list("FOREBEAR_S3_BUCKETS"),
                folders(environment),
                new NamePrefixes(variables.list("FOREBEAR_HF_REPOSITORIES")),
                new NamePrefixes(variables.list("FOREBEAR_OCI_REGISTRIES")));
    }

    private static @Nullable S3Access s3(Environment environment) {
        URI endpoint = environment.uri("FOREBEAR_S3_ENDPOINT", DEFAULT_ENDPOINT);
        String accessKey = environment.optional("FOREBEAR_S3_ACCESS_KEY");
        Secret secretKey = environment.secret("FOREBEAR_S3_SECRET_KEY");
        String region = environment.text("FOREBEAR_S3_REGION", S3Access.DEFAULT_REGION);
        if ((accessKey == null) != (secretKey == null)) {
            environment.problem("FOREBEAR_S3_ACCESS_KEY, FOREBEAR_S3_SECRET_KEY: expected both or none, found one");
        }
        return accessKey == null || secretKey == null ? null : access(endpoint, accessKey, secretKey, region);
    }

    private static S3Access access(URI endpoint, String accessKey, Secret secretKey, String region) {
        return new S3Access(endpoint, accessKey, new S3Access.SecretKey(secretKey.reveal()), region);
    }

    private static List<Path> folders(Environment environment) {
        String value = environment.text("FOREBEAR_FOLDERS", "");
        try {
            return list(value).map(StoresConfig::absolute).toList();
        } catch (InvalidPathException e) {
            environment.problem("FOREBEAR_FOLDERS: expected absolute paths with commas between, found '" + value + "'");
            return List.of();
        }
    }

    private static Path absolute(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new InvalidPathException(text, "not absolute");
        }
        return path;
    }

    private static Stream<String> list(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).filter(item -> !item.isEmpty());
    }
}
