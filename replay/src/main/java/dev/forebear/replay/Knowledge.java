package dev.forebear.replay;

import dev.forebear.runtime.Beside;
import dev.forebear.runtime.Beside.Begun;
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
            throws IOException, InterruptedException {
        try (ReplayWatch.Part part = watch.begin("reading what is known", TOPICS.size());
                Beside beside = Beside.thread()) {
            PastChanges changes = PastChanges.read(reading, instance, positions);
            part.done(1);
            PastUploads uploads = PastUploads.read(reading, instance, positions, changes);
            part.done(2);
            // Fingerprints are the one half of all bytes, reports the other.
            Begun<KnownModels> models = beside.begin(() -> {
                try (var another = new TopicReading(instance)) {
                    return KnownModels.read(another, instance, positions, changes, folder.resolve("known-models"));
                }
            });
            PastAlerts alerts = PastAlerts.read(reading, instance, positions);
            part.done(3);
            PastReports reports =
                    PastReports.read(reading, instance, positions, uploads, changes, folder.resolve("past-reports"));
            part.done(4);
            try {
                return new Knowledge(uploads, changes, models.await(), reports, alerts);
            } catch (IOException | RuntimeException | InterruptedException failure) {
                reports.close();
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
