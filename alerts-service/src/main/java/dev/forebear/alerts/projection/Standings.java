package dev.forebear.alerts.projection;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelUploaded;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of models at their registries since their upload: renamed, deleted, shown to others. Applying a change
 * twice changes nothing. Not thread-safe.
 */
final class Standings {

    /** Longest way of names that is followed. */
    private static final int RENAMINGS_LIMIT = 16;

    private final Map<String, String> renamed = new HashMap<>();
    private final Map<String, Instant> deleted = new HashMap<>();
    private final Map<String, String> visibility = new HashMap<>();

    void apply(ModelChanged change) {
        String registry = change.getRegistry();
        String version = change.getVersion();
        String model = registry + "/" + change.getName();
        String subject = version == null ? model : model + "@" + version;
        switch (change.getChange()) {
            case MOVED -> {
                renamed.remove(model);
                if (change.getFormerName() != null && !change.getFormerName().equals(change.getName())) {
                    renamed.put(registry + "/" + change.getFormerName(), change.getName());
                }
                if (change.getStableId() != null) {
                    renamed.put(id(registry, change.getStableId()), change.getName());
                }
            }
            case DELETED -> deleted.put(subject, change.getReceivedAt());
            case VISIBILITY_CHANGED -> {
                if (change.getVisibility() != null) {
                    visibility.put(subject, change.getVisibility());
                }
            }
            case DECLARATION_CHANGED, OTHER -> {
                // The revised report tells of declarations.
            }
        }
    }

    Standing of(ModelHistory history) {
        ModelVersionId id = ModelVersionId.parse(history.modelVersionId());
        ModelUploaded upload = history.upload();
        String name = nameNow(id, upload);
        String now = id.registry() + "/" + name;
        String visible = first(
                visibility.get(now + "@" + id.version()),
                visibility.get(now),
                visibility.get(history.modelVersionId()),
                visibility.get(id.modelId()),
                upload == null ? null : upload.getVisibility());
        Instant gone = last(
                deleted.get(now),
                deleted.get(now + "@" + id.version()),
                deleted.get(id.modelId()),
                deleted.get(history.modelVersionId()));
        boolean uploadedSince =
                gone != null && upload != null && upload.getReceivedAt().isAfter(gone);
        return new Standing(name.equals(id.name()) ? null : name, uploadedSince ? null : gone, visible);
    }

    private String nameNow(ModelVersionId id, @Nullable ModelUploaded upload) {
        String byId = upload == null || upload.getStableId() == null
                ? null
                : renamed.get(id(id.registry(), upload.getStableId()));
        if (byId != null) {
            return byId;
        }
        String name = id.name();
        for (int way = 0; way < RENAMINGS_LIMIT; way++) {
            String next = renamed.get(id.registry() + "/" + name);
            if (next == null) {
                return name;
            }
            name = next;
        }
        return name;
    }

    private static String id(String registry, String stableId) {
        return registry + "\n" + stableId;
    }

    private static @Nullable String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable Instant last(@Nullable Instant... times) {
        Instant last = null;
        for (Instant time : times) {
            last = last == null || time != null && time.isAfter(last) ? time : last;
        }
        return last;
    }
}
