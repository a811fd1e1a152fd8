package dev.forebear.match;

import dev.forebear.match.BatchSearch.Sought;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the screen said of pairs of known models when one of them was asked about, until the other is: it would say the
 * same again. Only a model that is asked about as it is known, and is compared with all others, is one of such a pair.
 *
 * <p>Batches begin and end in one thread; in between a model belongs to the thread that searches its tile.
 */
final class EarlierPairs {

    /** Pairs that are remembered of one model, in 16 KB: one that is found with more is screened against all again. */
    static final int MOST = 4_096;

    private final int most;
    private final FoundPlaces tooMany = new FoundPlaces();
    private final @Nullable FoundPlaces[] found;
    private final BitSet begun = new BitSet();
    private final BitSet done = new BitSet();

    /**
     * @param models number of known models
     * @param most pairs that are remembered of each, usually {@value #MOST}
     */
    EarlierPairs(int models, int most) {
        this.most = most;
        found = new FoundPlaces[models];
    }

    /** From now on these are found by their own search. */
    void begin(List<Sought> batch) {
        batch.stream().mapToInt(Sought::itself).filter(place -> place >= 0).forEach(begun::set);
    }

    /** From now on others recall what they were found with these. */
    void end() {
        for (int place = begun.nextSetBit(0); place >= 0; place = begun.nextSetBit(place + 1)) {
            found[place] = null;
        }
        done.or(begun);
    }

    /** Whether the known model at a place was asked about, so that others that were not recall it. */
    boolean isDone(int place) {
        return done.get(place);
    }

    /** Whether all is remembered that it was found with when those were asked about that are done. */
    boolean isComplete(Sought one) {
        return one.itself() >= 0 && !done.get(one.itself()) && found[one.itself()] != tooMany;
    }

    /** Has the model at a place remember one that it was found with, unless its own turn has come. */
    void remember(int place, Sought with, boolean likely) {
        if (with.itself() < 0 || begun.get(place) || found[place] == tooMany) {
            return;
        }
        var remembered = found[place];
        if (remembered == null) {
            remembered = new FoundPlaces();
        }
        remembered.add(with.itself(), likely);
        found[place] = remembered.size() > most ? tooMany : remembered;
    }

    void recall(Sought one, FoundPlaces.Each to) {
        var remembered = found[one.itself()];
        if (remembered != null) {
            remembered.inOrder(to);
        }
    }
}
