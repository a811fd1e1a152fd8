package dev.forebear.ingest.completion;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Completeness;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ObjectChanged;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is said of a folder whose weights are there, or gone. The same folder with the same weights is said the same.
 */
final class FolderAnnouncements {

    private final Map<String, Registration> registrations;

    /** @param registrations by alias */
    FolderAnnouncements(Map<String, Registration> registrations) {
        this.registrations = Map.copyOf(registrations);
    }

    /**
     * The upload of what is in a folder.
     *
     * @throws IllegalArgumentException when the model cannot be named or lies outside the registry's stores
     */
    Announcement upload(PendingModel model) {
        ObjectChanged last = model.last();
        FolderWeights weights = model.weights();
        String version = last.getVersion() == null ? weights.tag() : last.getVersion();
        ModelVersionId id = ModelVersionId.of(last.getRegistry(), last.getName(), version);
        String written = Long.toString(weights.writtenAt().toEpochMilli());
        return ModelUpload.of(
                        EventId.of(last.getSender(), last.getRegistry(), last.getFolder(), weights.tag(), written),
                        id,
                        location(id, last),
                        weights.writtenAt())
                .by(last.getBy())
                .tracedBy(model.traceParent())
                .containing(weights.content());
    }

    private String location(ModelVersionId id, ObjectChanged last) {
        Registration registration = registrations.get(last.getRegistry());
        if (registration == null) {
            // Connected to another process, which took the change in.
            return last.getFolder();
        }
        String location = registration.where().location() == null
                ? last.getFolder()
                : registration.where().location().locate(id);
        if (!registration.where().stores().hold(location)) {
            throw new IllegalArgumentException(id + ": expected a location within the stores of " + last.getRegistry()
                    + ", found '" + location + "'");
        }
        return location;
    }

    /** How long a folder that is not complete is waited for. */
    Duration quiet(PendingModel model) {
        Registration registration = registrations.get(model.last().getRegistry());
        return (registration == null ? Completeness.USUAL : registration.completeness()).quiet();
    }

    /** Tells that the weights of a folder are gone; of every version where the folder does not name one. */
    Announcement deletion(PendingModel model) {
        ObjectChanged last = model.last();
        String gone = Long.toString(last.getChangedAt().toEpochMilli());
        return new ModelChange(
                EventId.of(last.getSender(), last.getRegistry(), last.getFolder(), "deleted", gone),
                last.getRegistry(),
                last.getName(),
                last.getVersion(),
                null,
                ModelChangeKind.DELETED,
                null,
                null,
                List.of(),
                last.getChangedAt(),
                model.traceParent());
    }
}
