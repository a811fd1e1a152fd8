package dev.forebear.ingest.completion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of weights in a folder.
 *
 * @param path within the folder
 * @param part of a checkpoint that its name says it is
 * @param tag entity tag or version, changes with the content; an empty text where the store tells none
 * @param sha256 where the store tells it
 * @param size in bytes where the store tells it
 * @param changedAt when it was written, by the store
 */
public record FolderFile(
        String path,
        WeightFile part,
        String tag,
        @Nullable String sha256,
        @Nullable Long size,
        Instant changedAt) {}
