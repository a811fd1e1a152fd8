package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.unusable;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.registration.BucketLayout;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names and places from outside, let in only when they are fit to be passed on. */
public final class Announced {

    /** A merge of more models than this is not known; the bounds keep an upload far below a record's limit. */
    private static final int MAX_BASES = 100;

    private static final int MAX_BASE_LENGTH = 512;

    private Announced() {}

    /** The identity of an announced version; throws {@link NotUnderstoodException} when its name cannot be one. */
    public static ModelVersionId id(Registration registration, String name, String version) {
        try {
            return ModelVersionId.of(registration.alias(), name, version);
        } catch (IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    /** The name of a model of which no version is told; refused as above. */
    static String name(Registration registration, String name) {
        return id(registration, name, "any").name();
    }

    /** Declared bases by name; throws {@link NotUnderstoodException} when there are too many or too long ones. */
    public static List<Declared> bases(ModelVersionId id, List<String> declared, String source) {
        if (declared.size() > MAX_BASES || declared.stream().anyMatch(base -> base.length() > MAX_BASE_LENGTH)) {
            throw unusable(id + ": expected at most " + MAX_BASES + " declared bases of at most " + MAX_BASE_LENGTH
                    + " characters, found more");
        }
        return declared.stream()
                .map(String::strip)
                .filter(base -> !base.isEmpty())
                .map(base -> new Declared(base, null, source))
                .toList();
    }

    /** Whether anybody says where the weights lie: the operator, or the announcement. */
    static boolean locates(Registration registration, @Nullable String announced) {
        return registration.where().location() != null || announced != null;
    }

    /** Bases that are declared in the tags or metadata of a version, each a name or several with commas between. */
    public static List<Declared> bases(Registration registration, ModelVersionId id, Payload tags) {
        List<String> names = new ArrayList<>();
        for (String tag : registration.reading().declaringTags()) {
            tags.texts(tag).forEach(text -> names.addAll(Arrays.asList(text.split(",", -1))));
        }
        return bases(id, names, "registry-tag");
    }

    /** A file below a folder of the registry's layout; throws {@link NotUnderstoodException} for one elsewhere. */
    static BucketLayout.Placed place(Registration registration, String key) {
        BucketLayout layout = registration.where().layout();
        return layout.place(key)
                .orElseThrow(() ->
                        unusable("object '" + key + "': expected a folder like " + layout.text() + ", found another"));
    }

    /**
     * The folder of a model with a slash at its end.
     *
     * @param root of the store with a slash at its end; null for one that the worker does not read, so that the
     *     operator says where it finds the same files
     */
    static String folder(Registration registration, @Nullable String root, BucketLayout.Placed placed) {
        String told = root == null ? null : root + placed.folder() + "/";
        String version = placed.version();
        if (version == null && told == null) {
            throw unusable("expected a layout with {version}, found "
                    + registration.where().layout().text());
        }
        // What has no version yet is named by its content, once all of it is there.
        ModelVersionId id = id(registration, placed.name(), version == null ? "content" : version);
        String location = location(registration, id, told);
        String folder = told == null ? location : told;
        return folder.endsWith("/") ? folder : folder + "/";
    }

    /**
     * Where the weights lie: where the operator says, else where the announcement says. Throws
     * {@link NotUnderstoodException} when neither says, or when the place is outside the registry's stores.
     */
    public static String location(Registration registration, ModelVersionId id, @Nullable String announced) {
        LocationTemplate template = registration.where().location();
        String location = template == null ? announced : template.locate(id);
        if (location == null) {
            throw unusable(
                    id + ": expected a location in the announcement or a template of the registry, found neither");
        }
        if (!registration.where().stores().hold(location)) {
            throw unusable(id + ": expected a location within the stores of " + registration.alias() + ", found '"
                    + location + "'");
        }
        return location;
    }
}
