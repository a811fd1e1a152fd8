package dev.forebear.ingest.registration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the folders of a bucket name models and versions. Every placeholder stands for one folder: {@code {owner}} (which
 * becomes the first part of the name), {@code {name}} and {@code {version}}; other text stands for itself.
 *
 * @param text for example {@code {name}/{version}} or {@code models/{owner}/{name}/{version}}; without
 *     {@code {version}} the object's own version is the model's
 */
public record BucketLayout(String text) {

    private static final List<String> LEADING_ELSEWHERE = List.of("", ".", "..");
    private static final List<String> PLACEHOLDERS = List.of("{owner}", "{name}", "{version}");

    /** One folder for each model, one in it for each version. */
    public static final BucketLayout NAME_AND_VERSION = new BucketLayout("{name}/{version}");

    public BucketLayout {
        List<String> segments = segments(text);
        boolean unknown = segments.stream().anyMatch(s -> s.matches(".*[{}].*") && !PLACEHOLDERS.contains(s));
        boolean repeated = PLACEHOLDERS.stream().anyMatch(p -> segments.indexOf(p) != segments.lastIndexOf(p));
        if (!segments.contains("{name}") || segments.contains("") || unknown || repeated) {
            throw new IllegalArgumentException(
                    "expected folders with {name}, and perhaps {owner} and {version}, such as {name}/{version}, found '"
                            + text + "'");
        }
    }

    /**
     * A folder of the bucket as the layout reads it.
     *
     * @param version null when the layout has none
     */
    public record Place(String name, @Nullable String version) {}

    /** Reads a folder, without its last slash; empty when it does not follow the layout. */
    public Optional<Place> read(String folder) {
        List<String> expected = segments(text);
        List<String> found = segments(folder);
        if (expected.size() != found.size() || found.contains("")) {
            return Optional.empty();
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!PLACEHOLDERS.contains(expected.get(i)) && !expected.get(i).equals(found.get(i))) {
                return Optional.empty();
            }
        }
        int owner = expected.indexOf("{owner}");
        int version = expected.indexOf("{version}");
        String name = found.get(expected.indexOf("{name}"));
        return Optional.of(
                new Place(owner < 0 ? name : found.get(owner) + "/" + name, version < 0 ? null : found.get(version)));
    }

    /**
     * A file of a model.
     *
     * @param folder of the model, without a slash at its end
     * @param path of the file within it
     * @param version null when the layout has none
     */
    public record Placed(
            String folder,
            String path,
            String name,
            @Nullable String version) {}

    /** Reads the key of an object at any depth below a folder of a model; empty when it does not follow the layout. */
    public Optional<Placed> place(String key) {
        List<String> found = segments(key);
        int depth = segments(text).size();
        if (found.size() <= depth || found.stream().anyMatch(LEADING_ELSEWHERE::contains)) {
            return Optional.empty();
        }
        String folder = String.join("/", found.subList(0, depth));
        String path = String.join("/", found.subList(depth, found.size()));
        return read(folder).map(place -> new Placed(folder, path, place.name(), place.version()));
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.split("/", -1));
    }
}
