package dev.forebear.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/** Things that were opened one upon the other and are closed in reverse. A failing one does not keep the rest open. */
public final class ResourceStack implements AutoCloseable {

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    /** Puts a resource on top and returns it. */
    public synchronized <T extends AutoCloseable> T add(T resource) {
        resources.push(resource);
        return resource;
    }

    /**
     * Closes everything; a second call does nothing.
     *
     * @throws IllegalStateException when any could not be closed; further ones are suppressed in it
     */
    @Override
    public synchronized void close() {
        IllegalStateException failure = null;
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("could not close: " + e.getMessage(), e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
