package dev.forebear.ingest.reconcile;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.Listing;
import dev.forebear.schemas.ModelVersionId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A registry that holds models, one on a page, and does not always answer. */
final class Shelf {

    final List<ModelUpload> held = new CopyOnWriteArrayList<>();
    final List<Integer> asked = new CopyOnWriteArrayList<>();
    volatile int failsOnceAt = -1;
    volatile int breaksOnceAt = -1;
    volatile int hangsAt = -1;
    private final String alias;

    Shelf(String alias) {
        this.alias = alias;
    }

    void hold(String name, Instant at) {
        held.add(upload(name, at));
    }

    ModelUpload upload(String name, Instant at) {
        return ModelUpload.of(
                "mlflow:" + alias + ":" + name, ModelVersionId.of(alias, name, "1"), "s3://m/" + name, at);
    }

    /** Another look at it. */
    Listing listing() {
        return new Listing() {

            @Override
            public Page page(@Nullable String position, @Nullable Instant since)
                    throws IOException, InterruptedException {
                int number = position == null ? 1 : Integer.parseInt(position);
                asked.add(number);
                if (number == hangsAt) {
                    new CountDownLatch(1).await();
                }
                if (number == breaksOnceAt) {
                    breaksOnceAt = -1;
                    throw new IllegalStateException("nobody thought of this answer");
                }
                if (number == failsOnceAt) {
                    failsOnceAt = -1;
                    throw new IOException(alias + ": expected status 200, found 503");
                }
                List<Announcement> found = new ArrayList<>();
                if (number <= held.size()) {
                    found.add(held.get(number - 1));
                }
                return new Page(
                        found, List.of(), number < held.size() ? String.valueOf(number + 1) : null, (long) held.size());
            }

            @Override
            public void close() {}
        };
    }
}
