package dev.forebear.ingest.listing;

import java.io.IOException;
import java.time.Duration;

/** A registry asked to wait before it is asked again. */
public final class RegistryBusyException extends IOException {

    private static final long serialVersionUID = 1L;

    /** For registries that do not say how long. */
    static final Duration DEFAULT_PAUSE = Duration.ofSeconds(30);

    private final Duration pause;

    RegistryBusyException(String message, Duration pause) {
        super(message);
        this.pause = pause;
    }

    /** How long the registry wants to be left alone; never negative. */
    public Duration pause() {
        return pause;
    }
}
