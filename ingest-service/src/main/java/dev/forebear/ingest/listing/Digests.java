package dev.forebear.ingest.listing;

import dev.forebear.ingest.announcement.Content;
import dev.forebear.ingest.announcement.Content.FileDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the digests that a registry tells of the files of a version; what is none counts as not told. */
final class Digests {

    /** More shards than any model has; keeps an upload far below a record's limit. */
    private static final int MAX_FILES = 1000;

    private static final int MAX_PATH_LENGTH = 256;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final List<FileDigest> files = new ArrayList<>();

    /** @param sha256 in hexadecimal digits, perhaps after {@code sha256:} */
    void add(@Nullable String path, @Nullable String sha256, @Nullable Long size) {
        if (path == null || sha256 == null || path.isBlank() || path.length() > MAX_PATH_LENGTH) {
            return;
        }
        String digest = sha256.toLowerCase(Locale.ROOT).replaceFirst("^sha256:", "");
        if (files.size() < MAX_FILES && SHA256.matcher(digest).matches()) {
            files.add(new FileDigest(path, digest, size == null || size < 0 ? null : size));
        }
    }

    Content content(@Nullable String tag) {
        return new Content(files, tag);
    }
}
