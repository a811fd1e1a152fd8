package dev.forebear.platform.registry;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the registry's state is kept, as a log of changes of which the last one for each key holds. */
interface SchemaLog extends AutoCloseable {

    /** A change of the registry's state. */
    sealed interface Change {}

    /** A version was registered or deleted. */
    record VersionChanged(SchemaVersion version) implements Change {}

    /**
     * A compatibility level was set.
     *
     * @param subject null for the global level
     * @param level null when taken back
     */
    record LevelChanged(@Nullable String subject, @Nullable CompatibilityLevel level) implements Change {}

    /** Hands over all changes so far, in order. */
    void replay(Consumer<Change> state);

    /** Returns when the change is kept. */
    void append(Change change);

    @Override
    void close();

    /** A log that forgets. */
    final class InMemory implements SchemaLog {
        @Override
        public void replay(Consumer<Change> state) {
            // A new registry knows nothing.
        }

        @Override
        public void append(Change change) {
            // The registry's own state is all there is.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
