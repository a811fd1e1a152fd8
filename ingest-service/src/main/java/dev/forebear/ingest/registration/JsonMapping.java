package dev.forebear.ingest.registration;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the body of a home-made registry's announcement holds what. Every component is a JSONPath; a body in which it
 * finds nothing does not say it.
 *
 * @param model its name; needed in every announcement
 * @param version needed, too
 * @param location where the weights lie
 * @param bases bases that are declared: texts, or lists of them
 * @param uploader who uploaded it
 * @param time when, in ISO 8601
 * @param event what makes the announcement unique; without one, model and version do
 * @param only finds something in announcements of uploads and nothing in others; null when all are
 * @param items the versions in a page of the registry's own list, each read like an announcement
 * @param next in such a page, the address of the next one
 */
public record JsonMapping(
        String model,
        String version,
        String location,
        String bases,
        String uploader,
        String time,
        String event,
        @Nullable String only,
        String items,
        String next) {

    private static final String ITEMS = "$.items[*]";
    private static final String NEXT = "$.next";

    /** An object with one member for each. */
    public static final JsonMapping PLAIN = new JsonMapping(
            "$.model", "$.version", "$.location", "$.base_models", "$.uploader", "$.time", "$.id", null);

    public JsonMapping {
        String filter = only == null ? "$" : only;
        for (String path : List.of(model, version, location, bases, uploader, time, event, filter, items, next)) {
            requirePath(path);
        }
    }

    /** Of a registry whose pages are as usual, or that is never listed. */
    public JsonMapping(
            String model,
            String version,
            String location,
            String bases,
            String uploader,
            String time,
            String event,
            @Nullable String only) {
        this(model, version, location, bases, uploader, time, event, only, ITEMS, NEXT);
    }

    /**
     * Returns the text if it is a JSONPath.
     *
     * @throws IllegalArgumentException that says what is wrong with it otherwise
     */
    static String requirePath(String text) {
        try {
            JsonPath.compile(text);
            return text;
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a JSONPath, found '" + text + "': " + e.getMessage(), e);
        }
    }
}
