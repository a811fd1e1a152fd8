package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.StorageLocation.Bucket;
import dev.forebear.checkpoint.storage.StorageLocation.HubModel;
import dev.forebear.checkpoint.storage.StorageLocation.Local;
import dev.forebear.checkpoint.storage.StorageLocation.LoggedModel;
import dev.forebear.checkpoint.storage.StorageLocation.RegisteredModel;
import dev.forebear.checkpoint.storage.StorageLocation.RegistryImage;
import dev.forebear.checkpoint.storage.StorageLocation.RunArtifacts;
import dev.forebear.checkpoint.storage.StorageLocation.ServedArtifacts;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of a location. Announcements bring it: whatever it could mean besides a location is refused. */
final class LocationText {

    private static final String EXPECTED = "expected a path, file:, s3://, hf://, oci:// or an MLflow location, found ";

    /** Four times the longest key of S3. */
    private static final int LENGTH_LIMIT = 4_096;

    private static final int SHOWN = 100;

    private static final Pattern HUB = Pattern.compile(
            "(?<id>[\\w.-]{1,96}(/[\\w.-]{1,96}|(?=@|$)))(@(?<revision>refs/(pr|convert)/[\\w.-]+|[\\w.%-]{1,128}))?(/(?<path>.*))?");

    private static final Set<String> NOT_MODELS = Set.of("datasets", "spaces", "buckets");

    private static final Pattern IMAGE = Pattern.compile(
            "(?<registry>(\\[[0-9a-fA-F:]{2,39}]|[\\w.-]{1,253})(:\\d{1,5})?)"
                + "/(?<repository>[a-z0-9][a-z0-9._/-]{0,254}?)(:(?<tag>\\w[\\w.-]{0,127}))?(@(?<digest>sha(256|512):[0-9a-f]{64,128}))?");

    private static final Pattern REPOSITORY_PART = Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-{1,32})[a-z0-9]+)*");
    private static final Pattern LOGGED_MODEL = Pattern.compile("m-[0-9a-f]{1,64}");
    private static final Pattern RUN = Pattern.compile("[\\w-]{1,64}");
    private static final Pattern VERSION = Pattern.compile("\\d{1,18}");
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:]{2,39}]|[\\w.-]{1,253})(:\\d{1,5})?");

    private LocationText() {}

    static StorageLocation parse(String text) throws CheckpointException {
        if (text.length() > LENGTH_LIMIT) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    text.substring(0, SHOWN) + "…",
                    "expected a location of at most " + LENGTH_LIMIT + " characters, found " + text.length());
        }
        String scheme = scheme(text);
        try {
            return switch (scheme) {
                case "" -> new Local(Path.of(text));
                case "file" -> new Local(Path.of(new URI(text)));
                case "s3" -> bucket(text);
                case "hf" -> hub(rest(text, "://"));
                case "oci" -> image(rest(text, "://"));
                case "models" -> model(rest(text, ":/"));
                case "runs" -> run(rest(text, ":/"));
                case "mlflow-artifacts" -> artifacts(rest(text, ":/"));
                default -> throw new CheckpointException(Reason.UNSUPPORTED, text, EXPECTED + scheme + "://");
            };
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            throw new CheckpointException(
                    Reason.MALFORMED, text, "expected a location, found " + malformed.getMessage());
        }
    }

    private static String scheme(String text) {
        int end = text.indexOf(':');
        if (end < 2 || !text.substring(0, end).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
            return "";
        }
        String scheme = text.substring(0, end).toLowerCase(Locale.ROOT);
        boolean hierarchical = text.startsWith("://", end);
        return switch (scheme) {
            case "file" -> scheme;
            case "models", "runs", "mlflow-artifacts" -> text.startsWith(":/", end) ? scheme : "";
            default -> hierarchical ? scheme : "";
        };
    }

    private static String rest(String text, String separator) {
        return text.substring(text.indexOf(separator) + separator.length());
    }

    private static StorageLocation bucket(String text) {
        String[] parts = rest(text, "://").split("/", 2);
        return new Bucket(parts[0], parts.length == 1 ? "" : trimmed(parts[1]));
    }

    private static StorageLocation hub(String rest) throws CheckpointException {
        Matcher found = HUB.matcher(rest);
        if (!found.matches()) {
            throw new IllegalArgumentException("no model: hf://org/name@revision");
        }
        String id = found.group("id");
        if (NOT_MODELS.contains(id.split("/")[0])) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, "hf://" + rest, "expected a model, found one of the " + id.split("/")[0]);
        }
        FileNames.check(id);
        String revision = found.group("revision");
        return new HubModel(id, revision == null ? "main" : revision.replace("%2F", "/"), path(found.group("path")));
    }

    private static StorageLocation image(String rest) {
        Matcher found = IMAGE.matcher(rest);
        if (!found.matches()) {
            throw new IllegalArgumentException("no image: oci://host/repository:tag or @sha256:...");
        }
        for (String part : found.group("repository").split("/", -1)) {
            if (!REPOSITORY_PART.matcher(part).matches()) {
                throw new IllegalArgumentException("no repository: " + found.group("repository"));
            }
        }
        String digest = found.group("digest");
        String tag = found.group("tag");
        return new RegistryImage(
                found.group("registry"),
                found.group("repository"),
                digest != null ? Digest.parse(digest).toString() : tag != null ? tag : "latest");
    }

    private static StorageLocation model(String rest) throws CheckpointException {
        String[] parts = trimmed(rest).split("/", 2);
        if (LOGGED_MODEL.matcher(parts[0]).matches()) {
            return new LoggedModel(parts[0], path(parts.length == 1 ? null : parts[1]));
        }
        int alias = parts[0].lastIndexOf('@');
        if (parts.length == 1 && alias > 0 && alias < parts[0].length() - 1) {
            return new RegisteredModel(named(parts[0].substring(0, alias)), parts[0].substring(alias));
        }
        if (parts.length == 2 && VERSION.matcher(parts[1]).matches()) {
            return new RegisteredModel(named(parts[0]), parts[1]);
        }
        throw new IllegalArgumentException("no version: models:/name/7, models:/name@alias or models:/m-...");
    }

    private static StorageLocation run(String rest) throws CheckpointException {
        String[] parts = trimmed(rest).split("/", 2);
        if (!RUN.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException("no run: runs:/id/path");
        }
        return new RunArtifacts(parts[0], path(parts.length == 1 ? null : parts[1]));
    }

    private static StorageLocation artifacts(String rest) throws CheckpointException {
        if (!rest.startsWith("/")) {
            return new ServedArtifacts("", path(rest));
        }
        String[] parts = rest.substring(1).split("/", 2);
        if (!SERVER.matcher(parts[0]).matches() && !parts[0].isEmpty()) {
            throw new IllegalArgumentException("no server: mlflow-artifacts://host/path");
        }
        return new ServedArtifacts(parts[0], path(parts.length == 1 ? null : parts[1]));
    }

    private static String named(String name) {
        if (name.isBlank() || name.length() > 256 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("no name of a model");
        }
        return name;
    }

    /** A path inside of something; empty for all of it. */
    private static String path(@Nullable String text) throws CheckpointException {
        String path = text == null ? "" : trimmed(text);
        if (!path.isEmpty()) {
            FileNames.check(path);
        }
        return path;
    }

    private static String trimmed(String path) {
        // From where a run of slashes begins: one within the text would be tried from each of its slashes.
        return path.replaceAll("^/+|(?<!/)/+$", "");
    }
}
