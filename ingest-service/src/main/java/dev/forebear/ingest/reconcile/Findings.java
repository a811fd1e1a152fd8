package dev.forebear.ingest.reconcile;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.listing.Pace;
import dev.forebear.ingest.publication.AnnouncementRecords;
import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.publication.Publisher;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.wire.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** Publishes what a page holds that nobody announced, in the slow lane. */
final class Findings {

    private final Registration registration;
    private final ReconcileConfig config;
    private final KnownVersions known;
    private final Publisher publisher;
    private final Pace pace;

    Findings(Registration registration, ReconcileConfig config, KnownVersions known, Publisher publisher) {
        this.registration = registration;
        this.config = config;
        this.known = known;
        this.publisher = publisher;
        this.pace = new Pace(config.uploadsPerSecond());
    }

    /**
     * Publishes what is unknown and waits for the broker.
     *
     * @param from the listing that the page belongs to
     * @return how many were unknown
     */
    int publish(List<Announcement> found, Bookmark from, Instant now) throws NotStoredException, InterruptedException {
        List<ModelUpload> unknown = new ArrayList<>();
        List<Future<?>> sent = new ArrayList<>();
        var records = new AnnouncementRecords(registration.kind(), Lane.BULK, now);
        for (Announcement announcement : found) {
            switch (announcement) {
                case ModelUpload upload when isWanted(upload, from, now) -> unknown.add(upload);
                case ModelUpload ignored -> {}
                case ModelChange change when !from.isCounting() -> sent.add(publisher.send(change, records, null));
                case ObjectChange change when !from.isCounting() -> sent.add(publisher.send(change, records, null));
                case ModelChange ignored -> {}
                case ObjectChange ignored -> {}
            }
        }
        if (!from.isCounting()) {
            for (ModelUpload upload : unknown) {
                pace.await();
                sent.add(publisher.send(listed(upload), records, null));
            }
        }
        Publisher.await(sent);
        return unknown.size();
    }

    private boolean isWanted(ModelUpload upload, Bookmark from, Instant now) {
        boolean before = from.floor() != null && upload.at().isBefore(from.floor());
        boolean young = from.mode() != Bookmark.Mode.WISHED && upload.at().isAfter(now.minus(config.grace()));
        return !before
                && !young
                && !known.contains(upload.id().toString(), upload.content().tag());
    }

    /** The same event, whoever lists and however often. */
    private ModelUpload listed(ModelUpload upload) {
        String tag = upload.content().tag();
        return new ModelUpload(
                EventId.of(registration, "listed", upload.id().toString(), tag == null ? "" : tag),
                upload.id(),
                upload.location(),
                upload.declaredBases(),
                upload.by(),
                upload.at(),
                upload.traceParent(),
                upload.content(),
                upload.stableId(),
                upload.visibility());
    }
}
