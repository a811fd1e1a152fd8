package dev.forebear.ingest.completion;

import dev.forebear.runtime.Environment;
import java.time.Duration;

/**
 * When a folder is told of; how long one that is not complete is waited for, its registry says.
 *
 * @param settle {@code FOREBEAR_COMPLETION_SETTLE}: how long nothing may change in a folder whose weights are all
 *     there, so that card and configuration come with them
 * @param maxFiles of weights that are kept in memory; the folders that waited longest are taken for what they are when
 *     there are more
 */
public record CompletionConfig(Duration settle, int maxFiles) {

    /** Clients send the files of one model side by side; the small ones are there long before the last shard. */
    public static final Duration DEFAULT_SETTLE = Duration.ofSeconds(2);

    /** Some hundred bytes each. */
    public static final int DEFAULT_MAX_FILES = 200_000;

    public CompletionConfig {
        if (settle.isNegative() || maxFiles < 1) {
            throw new IllegalArgumentException("completion: expected a time to settle and place for one file, found "
                    + settle + " and " + maxFiles);
        }
    }

    /** As usual. */
    public static CompletionConfig usual() {
        return new CompletionConfig(DEFAULT_SETTLE, DEFAULT_MAX_FILES);
    }

    /** Reads the variables; problems are left in the environment. */
    public static CompletionConfig fromEnvironment(Environment environment) {
        return new CompletionConfig(
                environment.duration("FOREBEAR_COMPLETION_SETTLE", DEFAULT_SETTLE), DEFAULT_MAX_FILES);
    }
}
