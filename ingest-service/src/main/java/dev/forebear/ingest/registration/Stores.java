package dev.forebear.ingest.registration;

import java.util.List;

/**
 * The places from which a registry's weights may be read. An announcement that points elsewhere is not followed.
 *
 * @param prefixes places such as {@code s3://models/} or {@code /srv/models/}; when empty, any place in a store that
 *     the worker is configured to read, but no file
 */
public record Stores(List<String> prefixes) {

    /** S3 limits a key to 1,024 bytes and a bucket to 63; paths and names are bounded alike. */
    private static final int MAX_LOCATION_LENGTH = 4096;

    private static final List<String> SCHEMES =
            List.of("s3://", "hf://", "oci://", "models:/", "runs:/", "mlflow-artifacts:/");

    public Stores {
        prefixes = prefixes.stream().map(Stores::withSlash).toList();
        for (String prefix : prefixes) {
            if (!wellFormed(prefix)) {
                throw new IllegalArgumentException(
                        "expected a store such as s3://bucket/ or /folder/, found '" + prefix + "'");
            }
        }
    }

    /** Any bucket and any repository. */
    public static Stores any() {
        return new Stores(List.of());
    }

    /**
     * Whether weights may be read from there. A location that is not plain, for example one with {@code ..}, is not.
     */
    public boolean hold(String location) {
        if (!wellFormed(location)) {
            return false;
        }
        if (prefixes.isEmpty()) {
            return SCHEMES.stream().anyMatch(location::startsWith);
        }
        return prefixes.stream().anyMatch(prefix -> withSlash(location).startsWith(prefix));
    }

    private static boolean wellFormed(String location) {
        return !location.isBlank()
                && location.length() <= MAX_LOCATION_LENGTH
                && location.codePoints().noneMatch(point -> Character.isISOControl(point) || point == '\\')
                && pathIsPlain(location);
    }

    private static boolean pathIsPlain(String location) {
        int scheme = location.indexOf("://");
        String path = scheme < 0 ? location : location.substring(scheme + 3);
        // Whoever opens a file address decodes it first: an escape could hide a segment from this check.
        if (location.startsWith("file:") && location.indexOf('%') >= 0) {
            return false;
        }
        for (String segment : path.split("/")) {
            if (segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }

    private static String withSlash(String place) {
        return place.endsWith("/") ? place : place + "/";
    }
}
