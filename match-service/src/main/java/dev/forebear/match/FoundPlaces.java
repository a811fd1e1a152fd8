package dev.forebear.match;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The known models that one was found with, by their places, added in no order by several threads. */
final class FoundPlaces {

    private static final int FEWEST = 8;

    /** Places, with whether the model is likely in the lowest bit. */
    private int[] places = new int[FEWEST];

    private int count;

    /** A model that was found. */
    @FunctionalInterface
    interface Each {

        /** @param likely whether the screen let it through */
        void found(int place, boolean likely);
    }

    synchronized void add(int place, boolean likely) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = 2 * place + (likely ? 1 : 0);
    }

    synchronized int size() {
        return count;
    }

    /** Each once, however often it was found. */
    void inOrder(Each to) {
        IntStream.of(places).limit(count).sorted().distinct().forEach(found -> to.found(found >> 1, (found & 1) == 1));
    }
}
