package dev.forebear.ingest.registration;

import java.time.Duration;

/**
 * When the objects of a folder are a model, where nothing else tells that the last one arrived.
 *
 * @param quiet for so long nothing was written to the folder
 */
public record Completeness(Duration quiet) {

    /** Longer than the pause between two shards of a slow upload. */
    public static final Completeness USUAL = new Completeness(Duration.ofMinutes(10));

    public Completeness {
        if (!quiet.isPositive()) {
            throw new IllegalArgumentException("expected a positive quiet period, found " + quiet);
        }
    }
}
