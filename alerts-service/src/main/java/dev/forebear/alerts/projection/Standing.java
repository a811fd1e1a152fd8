package dev.forebear.alerts.projection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a model version at its registry since its upload.
 *
 * @param nameNow name after it was renamed; null when it was not
 * @param deletedAt when it was deleted; null when it was not, or was uploaded again since
 * @param visibility public or private; null where the registry does not tell
 */
public record Standing(
        @Nullable String nameNow,
        @Nullable Instant deletedAt,
        @Nullable String visibility) {}
