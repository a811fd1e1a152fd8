package dev.forebear.ingest.reconcile;

import dev.forebear.ingest.listing.Listing;
import dev.forebear.ingest.reconcile.Bookmark.Mode;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ListingPurpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a registry is listed, and from where.
 *
 * @param alias of the registry
 * @param every how often it is listed to reconcile; a backfill is made when somebody asks for it
 * @param overlap how far a listing looks back behind the beginning of the one before it
 */
record ListingSchedule(String alias, ListingPurpose purpose, Duration every, Duration overlap) {

    /** Under which its progress is kept. */
    String key() {
        return key(alias, purpose);
    }

    static String key(String alias, ListingPurpose purpose) {
        return alias + " " + purpose;
    }

    /**
     * The listing to begin or to go on with; empty when none is due.
     *
     * @param last what is known of the last one; null when there was none
     */
    Optional<ListingProgress> due(@Nullable ListingProgress last, boolean wished, Instant now) {
        if (last != null && last.getCompletedAt() == null) {
            return Optional.of(last);
        }
        boolean due =
                last == null || wished || !now.isBefore(last.getStartedAt().plus(every));
        return due && purpose == ListingPurpose.RECONCILIATION
                ? Optional.of(beginning(last, wished ? Mode.WISHED : Mode.USUAL, now))
                : Optional.empty();
    }

    /** A new listing to reconcile: of what changed since the last one began. */
    ListingProgress beginning(@Nullable ListingProgress last, Mode mode, Instant now) {
        Instant floor = last == null ? null : Bookmark.parse(last.getPosition()).floor();
        Instant since = (last == null ? now : last.getStartedAt()).minus(overlap);
        // What was there before the registry was connected is for a backfill.
        return beginning(alias, purpose, new Bookmark(floor == null ? since : floor, since, mode, null), now);
    }

    static ListingProgress beginning(String alias, ListingPurpose purpose, Bookmark at, Instant now) {
        return ListingProgress.newBuilder()
                .setRegistry(alias)
                .setPurpose(purpose)
                .setPosition(at.toString())
                .setStartedAt(now)
                .setUpdatedAt(now)
                .setListed(0)
                .setPublished(0)
                .build();
    }

    /** The progress after a page. */
    ListingProgress after(ListingProgress progress, Listing.Page page, int published, Instant now) {
        Bookmark next = Bookmark.parse(progress.getPosition()).at(page.next());
        return ListingProgress.newBuilder(progress)
                .setPosition(next.toString())
                .setUpdatedAt(now)
                .setCompletedAt(page.next() == null ? now : null)
                .setListed(progress.getListed()
                        + page.found().size()
                        + page.skipped().size())
                .setPublished(progress.getPublished() + published)
                .setTotal(page.total() == null ? progress.getTotal() : page.total())
                .setProblem(null)
                .build();
    }
}
