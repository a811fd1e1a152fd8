package dev.forebear.schemas;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file of reference models says of itself, in the metadata of its Avro container.
 *
 * @param algorithm newest version of the fingerprint algorithm in the file; 0 when it holds no fingerprint of ours
 * @param made when it was written
 * @param models number of models in it
 */
public record ReferenceFileHeader(int algorithm, Instant made, long models) {

    /** Version of the format that is written, and the newest that is read. */
    public static final int FORMAT = 1;

    static final String FORMAT_KEY = "forebear.format";
    static final String ALGORITHM_KEY = "forebear.algorithm";
    static final String MADE_KEY = "forebear.made";
    static final String MODELS_KEY = "forebear.models";

    public ReferenceFileHeader {
        if (algorithm < 0 || models < 0) {
            throw new IllegalArgumentException(
                    "reference file: expected an algorithm and a number of models from 0 on, found " + algorithm
                            + " and " + models);
        }
    }

    Map<String, String> metadata() {
        return Map.of(
                FORMAT_KEY, String.valueOf(FORMAT),
                ALGORITHM_KEY, String.valueOf(algorithm),
                MADE_KEY, made.toString(),
                MODELS_KEY, String.valueOf(models));
    }

    static ReferenceFileHeader of(String file, Map<String, String> metadata) throws IOException {
        long format = number(file, metadata, FORMAT_KEY);
        if (format > FORMAT) {
            throw new IOException(file + ": expected a file of reference models of format " + FORMAT
                    + " or older, found format " + format + ", which a newer version of Forebear wrote");
        }
        long algorithm = number(file, metadata, ALGORITHM_KEY);
        long models = number(file, metadata, MODELS_KEY);
        return new ReferenceFileHeader(
                Math.toIntExact(Math.min(algorithm, Integer.MAX_VALUE)), made(file, metadata), models);
    }

    private static Instant made(String file, Map<String, String> metadata) throws IOException {
        String text = metadata.get(MADE_KEY);
        try {
            return Instant.parse(text == null ? "" : text);
        } catch (DateTimeException wrong) {
            throw wrong(file, MADE_KEY, "a time such as 2026-11-20T00:00:00Z", text);
        }
    }

    private static long number(String file, Map<String, String> metadata, String key) throws IOException {
        String text = metadata.get(key);
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw wrong(file, key, "a number from 0 on", text);
        }
        return Long.parseLong(text);
    }

    private static IOException wrong(String file, String key, String expected, @Nullable String found) {
        return new IOException(file + ": " + key + ": expected " + expected + " in the header of a file of reference "
                + "models, found " + (found == null ? "none" : "'" + found + "'"));
    }
}
