package dev.forebear.ingest.publication;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.Content;
import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.schemas.wire.ContentDigest;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.ObjectChanged;
import java.time.Instant;
import java.util.List;

/**
 * Announcements as they travel.
 *
 * @param kind of the registry they are about
 * @param lane which the work that follows takes
 * @param receivedAt by the clock of this service
 */
public record AnnouncementRecords(RegistryKind kind, Lane lane, Instant receivedAt) {

    /** An upload. */
    public ModelUploaded of(ModelUpload upload) {
        return ModelUploaded.newBuilder()
                .setEventId(upload.eventId())
                .setModelVersionId(upload.id().toString())
                .setRegistry(upload.registry())
                .setName(upload.id().name())
                .setVersion(upload.id().version())
                .setLocation(upload.location())
                .setSender(kind.word())
                .setLane(lane)
                .setDeclaredBases(declared(upload.declaredBases()))
                .setUploadedBy(upload.by())
                .setUploadedAt(upload.at())
                .setReceivedAt(receivedAt)
                .setCorrelationId(upload.correlationId())
                .setContents(upload.content().files().stream()
                        .map(AnnouncementRecords::digest)
                        .toList())
                .setContentTag(upload.content().tag())
                .setStableId(upload.stableId())
                .setVisibility(upload.visibility())
                .build();
    }

    /** A change of a model. */
    public ModelChanged of(ModelChange change) {
        return ModelChanged.newBuilder()
                .setEventId(change.eventId())
                .setRegistry(change.registry())
                .setName(change.name())
                .setVersion(change.version())
                .setStableId(change.stableId())
                .setChange(change.kind())
                .setFormerName(change.formerName())
                .setVisibility(change.visibility())
                .setDeclaredBases(declared(change.declaredBases()))
                .setSender(kind.word())
                .setChangedAt(change.at())
                .setReceivedAt(receivedAt)
                .setCorrelationId(change.correlationId())
                .build();
    }

    /** A change of an object. */
    public ObjectChanged of(ObjectChange change) {
        return ObjectChanged.newBuilder()
                .setEventId(change.eventId())
                .setRegistry(change.registry())
                .setFolder(change.folder())
                .setPath(change.path())
                .setName(change.name())
                .setVersion(change.version())
                .setChange(change.kind())
                .setContentTag(change.contentTag())
                .setSha256(change.sha256())
                .setSize(change.size())
                .setBy(change.by())
                .setSender(kind.word())
                .setChangedAt(change.at())
                .setReceivedAt(receivedAt)
                .setCorrelationId(change.correlationId())
                .build();
    }

    /** The model of an announcement, {@code <registry>/<name>}; for an object, its folder. */
    static String key(Announcement announcement) {
        return switch (announcement) {
            case ModelUpload upload -> upload.id().modelId();
            case ModelChange change -> change.registry() + "/" + change.name();
            case ObjectChange change -> change.folder();
        };
    }

    private static List<DeclaredBase> declared(List<Declared> bases) {
        return bases.stream()
                .map(base ->
                        new DeclaredBase(base.name(), base.relation(), base.source(), DeclarationStrength.STATED, null))
                .toList();
    }

    private static ContentDigest digest(Content.FileDigest file) {
        return new ContentDigest(file.path(), file.sha256(), file.size());
    }
}
