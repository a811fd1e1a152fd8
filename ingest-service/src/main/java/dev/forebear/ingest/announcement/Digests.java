package dev.forebear.ingest.announcement;

import dev.forebear.ingest.announcement.Content.FileDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the digests that a registry tells of the files of a version; what is none counts as not told. */
public final class Digests {

    /** More shards than any model has; keeps an upload far below a record's limit. */
    private static final int MAX_FILES = 1000;

    private static final int MAX_PATH_LENGTH = 256;

    private final List<FileDigest> files = new ArrayList<>();

    /** @param sha256 in hexadecimal digits, perhaps after {@code sha256:} */
    public void add(@Nullable String path, @Nullable String sha256, @Nullable Long size) {
        if (path == null || sha256 == null || path.isBlank() || path.length() > MAX_PATH_LENGTH) {
            return;
        }
        String digest = sha256.toLowerCase(Locale.ROOT).replaceFirst("^sha256:", "");
        if (files.size() < MAX_FILES && FileDigest.isSha256(digest)) {
            files.add(new FileDigest(path, digest, size == null || size < 0 ? null : size));
        }
    }

    public Content content(@Nullable String tag) {
        return new Content(files, tag);
    }
}
