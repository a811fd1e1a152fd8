package dev.forebear.match;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** So many threads that do pieces of work; what they yield comes in the order of the pieces. */
final class Workers implements AutoCloseable {

    private final ExecutorService threads;

    /** @param threads at least 1 */
    Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
        this.threads = Executors.newFixedThreadPool(threads);
    }

    /** @throws IllegalStateException when a piece fails, or this thread is interrupted */
    <T> List<T> forEach(int pieces, IntFunction<T> work) {
        List<Future<T>> running = new ArrayList<>(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            int number = piece;
            running.add(threads.submit(() -> work.apply(number)));
        }
        try {
            List<T> done = new ArrayList<>(pieces);
            for (var one : running) {
                done.add(one.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException("models could not be compared: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while models were compared", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
