package dev.forebear.ingest.listing;

import dev.forebear.checkpoint.storage.http.HttpFile;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import io.minio.ListObjectsArgs;
import io.minio.messages.Item;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folders of S3 buckets that hold weights, in the order of their keys. One request for a thousand objects. A page
 * ends between two models; a bucket cannot be asked for what changed, so that all of it is listed every time.
 */
final class S3Pages implements Pages {

    /** As many objects as a page of the store itself. */
    private static final int PAGE_SIZE = 1000;

    /** Sorts behind every key of a folder. */
    private static final String LAST = "\uDBFF\uDFFF";

    private final Registration registration;
    private final RegistryApi api;
    private final InstantSource clock;
    private final S3Client client;
    private final int pageSize;
    private @Nullable List<String> buckets;

    S3Pages(Registration registration, RegistryApi api, InstantSource clock) {
        this(registration, api, clock, PAGE_SIZE);
    }

    S3Pages(Registration registration, RegistryApi api, InstantSource clock, int pageSize) {
        this.registration = registration;
        this.api = api;
        this.clock = clock;
        this.client = new S3Client(registration.alias(), api);
        this.pageSize = pageSize;
    }

    /** Buckets, or {@code bucket/prefix}. */
    @Override
    public List<String> parts() throws IOException, InterruptedException {
        if (buckets == null) {
            buckets = api.scope().isEmpty() ? client.buckets() : api.scope();
        }
        return buckets;
    }

    @Override
    public Page page(String part, String token, @Nullable Instant since) throws IOException, InterruptedException {
        var entries = new Entries();
        ListedFolder folder = null;
        String last = token;
        for (int listed = 0; ; ) {
            List<Item> objects = objects(part, last);
            for (Item object : objects) {
                String key = object.objectName();
                if (folder == null || !folder.holds(key)) {
                    finish(folder, since, entries);
                    if (listed >= pageSize) {
                        return entries.page(last);
                    }
                    folder = ListedFolder.of(registration, "s3://" + bucket(part) + "/", key);
                } else if (folder.isTooLarge()) {
                    entries.skip(folder.toString(), "expected the objects of one model, found too many");
                    return entries.page(folder.prefix() + LAST);
                }
                add(folder, object);
                last = key;
                listed++;
            }
            if (objects.size() < pageSize) {
                finish(folder, since, entries);
                return entries.page(null);
            }
        }
    }

    private static void add(ListedFolder folder, Item object) {
        // Answers without a time are of no S3 server.
        if (object.isDir() || object.lastModified() == null) {
            return;
        }
        Instant written = object.lastModified().toInstant();
        String told = HttpFile.plainEtag(String.valueOf(object.etag()));
        // Stores over a file system know no entity tag of a file that did not come through them, and write null.
        String tag = told.equals("null") ? object.size() + "-" + written.toEpochMilli() : told;
        folder.add(object.objectName(), tag, null, object.size(), written);
    }

    private static String bucket(String part) {
        return part.contains("/") ? part.substring(0, part.indexOf('/')) : part;
    }

    private List<Item> objects(String part, String after) throws IOException, InterruptedException {
        return client.objects(ListObjectsArgs.builder()
                .bucket(bucket(part))
                .prefix(part.contains("/") ? part.substring(part.indexOf('/') + 1) : "")
                .recursive(true)
                .maxKeys(pageSize)
                .startAfter(after.isEmpty() ? null : after)
                .build());
    }

    private void finish(@Nullable ListedFolder folder, @Nullable Instant since, Entries entries)
            throws IOException, InterruptedException {
        if (folder != null) {
            entries.add(folder.toString(), () -> folder.upload(since, clock.instant()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
