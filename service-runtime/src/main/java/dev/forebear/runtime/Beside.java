package dev.forebear.runtime;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that work beside the caller's, on what it begins, in that order. Closing waits for what is under way. */
public final class Beside implements AutoCloseable {

    private final ExecutorService threads;

    private Beside(int threads) {
        this.threads = Executors.newFixedThreadPool(threads);
    }

    public static Beside thread() {
        return new Beside(1);
    }

    /** @param threads at least 1 */
    public static Beside threads(int threads) {
        return new Beside(threads);
    }

    /** Something to be done. */
    public interface Work<T> {
        T run() throws IOException;
    }

    /** What was begun. */
    public static final class Begun<T> {

        private final Future<T> future;

        private Begun(Future<T> future) {
            this.future = future;
        }

        /**
         * Waits until it is done.
         *
         * @throws IOException what the work threw, as does any other exception or error
         */
        public T await() throws IOException, InterruptedException {
            try {
                return future.get();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case IOException failure -> throw failure;
                    case RuntimeException failure -> throw failure;
                    case Error failure -> throw failure;
                    case null, default -> throw new IllegalStateException(e);
                }
            }
        }
    }

    public <T> Begun<T> begin(Work<T> work) {
        return new Begun<>(threads.submit(work::run));
    }

    /** What was not begun yet is left. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
