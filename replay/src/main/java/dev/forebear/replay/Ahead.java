package dev.forebear.replay;

import dev.forebear.runtime.Beside;
import dev.forebear.runtime.Beside.Begun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads many records some at a time, on all processors, the next ones while the last are used. */
final class Ahead {

    /** Reads one record. */
    interface Reading<T, R> {
        R read(T from) throws IOException;
    }

    private Ahead() {}

    /** Hands out all in their order, so many at a time. */
    static <T, R> void forSome(Collection<T> all, int size, Reading<T, R> reading, Consumer<List<R>> taker) {
        try (var pieces = new Pieces<>(all, size, reading)) {
            pieces.forEachRemaining(taker);
        }
    }

    /** All in their order, so many at a time; to be closed. */
    static <T, R> Stream<R> stream(Collection<T> all, int size, Reading<T, R> reading) {
        var pieces = new Pieces<>(all, size, reading);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pieces, Spliterator.ORDERED), false)
                .onClose(pieces::close)
                .flatMap(List::stream);
    }

    private static final class Pieces<T, R> implements Iterator<List<R>>, AutoCloseable {

        private final List<T> all;
        private final int size;
        private final Reading<T, R> reading;
        private final Beside beside = Beside.thread();
        private int from;
        private Begun<List<R>> next;

        Pieces(Collection<T> all, int size, Reading<T, R> reading) {
            this.all = new ArrayList<>(all);
            this.size = size;
            this.reading = reading;
            this.next = begin();
        }

        private Begun<List<R>> begin() {
            List<T> some = all.subList(from, Math.min(from + size, all.size()));
            return beside.begin(() -> some.parallelStream().map(this::read).toList());
        }

        private R read(T one) {
            try {
                return reading.read(one);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean hasNext() {
            return from < all.size();
        }

        @Override
        public List<R> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more than " + all.size() + " records");
            }
            try {
                List<R> read = next.await();
                from += read.size();
                next = begin();
                return read;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while records were read", e);
            }
        }

        @Override
        public void close() {
            beside.close();
        }
    }
}
