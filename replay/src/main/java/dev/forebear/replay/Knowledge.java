package dev.forebear.replay;

import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** All that a replay reads of the past. */
record Knowledge(PastUploads uploads, PastChanges changes, KnownModels models, PastReports reports, PastAlerts alerts)
        implements AutoCloseable {

    /** Topics of which nothing counts that lies behind the positions. */
    static final List<Topic<?>> TOPICS = List.of(
            Topics.MODEL_UPLOADS,
            Topics.MODEL_CHANGES,
            Topics.MODEL_FINGERPRINTS,
            Topics.LINEAGE_REPORTS,
            Topics.LINEAGE_ALERTS);

    /** @param folder for temporary files, which are gone when this is closed */
    static Knowledge read(
            TopicReading reading,
            ReplayedInstance instance,
            List<TopicPosition> positions,
            Path folder,
            ReplayWatch watch)
            throws IOException {
        try (ReplayWatch.Part part = watch.begin("reading what is known", TOPICS.size())) {
            PastChanges changes = PastChanges.read(reading, instance, positions);
            part.done(1);
            PastUploads uploads = PastUploads.read(reading, instance, positions, changes);
            part.done(2);
            KnownModels models =
                    KnownModels.read(reading, instance, positions, changes, folder.resolve("known-models"));
            part.done(3);
            try {
                PastAlerts alerts = PastAlerts.read(reading, instance, positions);
                part.done(4);
                PastReports reports = PastReports.read(
                        reading, instance, positions, uploads, changes, folder.resolve("past-reports"));
                return new Knowledge(uploads, changes, models, reports, alerts);
            } catch (IOException | RuntimeException failure) {
                models.close();
                throw failure;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (models) {
            reports.close();
        }
    }
}
