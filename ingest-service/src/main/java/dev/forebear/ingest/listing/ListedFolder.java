package dev.forebear.ingest.listing;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.completion.FolderFile;
import dev.forebear.ingest.completion.FolderWeights;
import dev.forebear.ingest.completion.WeightFile;
import dev.forebear.ingest.registration.BucketLayout.Place;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.sender.Announced;
import dev.forebear.schemas.ModelVersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one folder of a store that the layout names a model by. */
final class ListedFolder {

    /** Ten times the files of the largest known dataset of checkpoints. */
    private static final int MAX_OBJECTS = 100_000;

    private final Registration registration;
    private final @Nullable String root;
    private final String prefix;
    private final List<FolderFile> weights = new ArrayList<>();
    private int objects;

    private ListedFolder(Registration registration, @Nullable String root, String prefix) {
        this.registration = registration;
        this.root = root;
        this.prefix = prefix;
    }

    /**
     * The folder of a key: as many of its folders as the layout has, or all when there are fewer.
     *
     * @param root of the store with a slash at its end; null for one that the worker does not read
     */
    static ListedFolder of(Registration registration, @Nullable String root, String key) {
        int folders = registration.where().layout().text().split("/", -1).length;
        int end = 0;
        for (int i = 0; i < folders && key.indexOf('/', end) >= 0; i++) {
            end = key.indexOf('/', end) + 1;
        }
        return new ListedFolder(registration, root, key.substring(0, end));
    }

    /** With a slash at its end; empty for what lies at the top. */
    String prefix() {
        return prefix;
    }

    /** Prefix of the folder that it is in. */
    String parent() {
        return prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1);
    }

    /** Whether a key lies in it, in the order of keys. */
    boolean holds(String key) {
        return key.startsWith(prefix) && of(registration, root, key).prefix.equals(prefix);
    }

    boolean isTooLarge() {
        return objects >= MAX_OBJECTS;
    }

    /**
     * @param key of the file in its store
     * @param tag changes with its content
     */
    void add(String key, String tag, @Nullable String sha256, @Nullable Long size, Instant changedAt) {
        objects++;
        String path = key.substring(prefix.length());
        WeightFile.of(path)
                .map(part -> new FolderFile(path, part, tag, sha256, size, changedAt))
                .ifPresent(weights::add);
    }

    /** The model, once all of it is there; null when it is none, or did not change. */
    @Nullable
    ModelUpload upload(@Nullable Instant since, Instant now) {
        FolderWeights found = FolderWeights.of(weights);
        Place place = prefix.isEmpty()
                ? null
                : registration
                        .where()
                        .layout()
                        .read(prefix.substring(0, prefix.length() - 1))
                        .orElse(null);
        if (place == null
                || found.isEmpty()
                || since != null && !found.writtenAt().isAfter(since)) {
            return null;
        }
        boolean quiet =
                found.writtenAt().plus(registration.completeness().quiet()).isBefore(now);
        if (!found.isComplete() && !quiet) {
            return null;
        }
        String version = place.version() == null ? found.tag() : place.version();
        ModelVersionId id = Announced.id(registration, place.name(), version);
        String location = Announced.location(registration, id, root == null ? null : toString());
        String folder = root == null ? location : toString();
        String written = Long.toString(found.writtenAt().toEpochMilli());
        // As the folder is called when its objects are announced one by one, where the store tells the same times.
        String eventId = EventId.of(registration, folder.endsWith("/") ? folder : folder + "/", found.tag(), written);
        return ModelUpload.of(eventId, id, location, found.writtenAt()).containing(found.content());
    }

    @Override
    public String toString() {
        return root == null ? prefix : root + prefix;
    }
}
