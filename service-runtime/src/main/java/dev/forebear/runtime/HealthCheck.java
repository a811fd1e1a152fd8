package dev.forebear.runtime;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing a service needs in order to do its work.
 *
 * @param name what is checked, for example {@code kafka}
 * @param problem empty when all is well, else one line that may be shown to anybody; answers at once, never blocks
 */
public record HealthCheck(String name, Supplier<Optional<String>> problem) {

    public HealthCheck {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a health check needs a name");
        }
    }
}
