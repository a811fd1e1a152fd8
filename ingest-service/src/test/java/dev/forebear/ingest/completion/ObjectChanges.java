package dev.forebear.ingest.completion;

import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.publication.AnnouncementRecords;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ObjectChangeKind;
import dev.forebear.schemas.wire.ObjectChanged;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Changes of objects in the bucket {@code models}, one folder for each model. */
final class ObjectChanges {

    private ObjectChanges() {}

    static ObjectChange announcement(
            String alias, String model, String path, @Nullable String tag, ObjectChangeKind kind, Instant at) {
        return new ObjectChange(
                "s3:" + alias + ":" + model + "|" + path + "|" + tag + "|" + at.toEpochMilli(),
                alias,
                "s3://models/" + model + "/v1/",
                path,
                model,
                "v1",
                kind,
                tag,
                null,
                1_000L,
                "trainer",
                at,
                null);
    }

    static ObjectChanged change(
            String alias, String model, String path, @Nullable String tag, ObjectChangeKind kind, Instant at) {
        return new AnnouncementRecords(RegistryKind.S3, Lane.INTERACTIVE, at)
                .of(announcement(alias, model, path, tag, kind, at));
    }
}
