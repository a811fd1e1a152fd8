package dev.forebear.signals.laundered;

import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether neurons have counterparts: the share of the neurons of the narrower MLP whose most alike neuron of the wider
 * one is the same by gate as by up or by down, each counterpart counted once. The two are found from different weights,
 * so they agree by chance only as far as training makes neurons alike.
 *
 * @param value 0 to 1, of the best pair of units; NaN when no pair could be compared
 * @param log10PValue log10 of the chance when each neuron agrees on its own with probability {@value #MOST_BY_CHANCE}
 */
record MatchAgreement(double value, double log10PValue) {

    /** Assumed of independent models, of which none comes near. */
    static final double MOST_BY_CHANCE = 0.15;

    /** Neurons that have to respond in each of two MLPs. */
    static final int FEWEST = 32;

    private static final int PAIRS = 4;

    private record Kept(TokenResponses responses, int unit, boolean narrow) {}

    static final MatchAgreement NONE = new MatchAgreement(Double.NaN, 0);

    /** @param pairs the pairs of units most alike first, of which {@value #PAIRS} are tried */
    static MatchAgreement best(TokenResponses a, TokenResponses b, List<UnitPair> pairs, Scope scope)
            throws IOException {
        Map<Kept, NeuronResponses> kept = new HashMap<>();
        MatchAgreement best = NONE;
        long tried = 0;
        for (UnitPair pair : pairs.subList(0, Math.min(PAIRS, pairs.size()))) {
            Unit first = scope.first().get(pair.first());
            Unit second = scope.second().get(pair.second());
            if ((first.mlp().gate() == null) != (second.mlp().gate() == null)) {
                continue;
            }
            boolean firstIsNarrow = firstIsNarrow(a, first, b, second);
            NeuronResponses x = read(kept, a, first, firstIsNarrow, scope);
            NeuronResponses y = read(kept, b, second, !firstIsNarrow, scope);
            MatchAgreement found = firstIsNarrow ? between(x, y) : between(y, x);
            tried += x.others().size();
            best = Double.isNaN(best.value) || found.value > best.value ? found : best;
        }
        return new MatchAgreement(best.value, Chance.log10AnyOf(tried, best.log10PValue));
    }

    private static NeuronResponses read(
            Map<Kept, NeuronResponses> kept, TokenResponses responses, Unit unit, boolean narrow, Scope scope)
            throws IOException {
        Kept key = new Kept(responses, unit.index(), narrow);
        NeuronResponses found = kept.get(key);
        if (found == null) {
            found = narrow
                    ? NeuronResponses.some(responses, unit, scope.feedForward())
                    : NeuronResponses.all(responses, unit, scope.feedForward());
            kept.put(key, found);
        }
        return found;
    }

    /** Of equal widths the one with the smaller first weights, so that the order of the models does not matter. */
    private static boolean firstIsNarrow(TokenResponses a, Unit first, TokenResponses b, Unit second)
            throws IOException {
        int narrow = first.mlp().up().rows() - second.mlp().up().rows();
        return narrow != 0
                ? narrow < 0
                : Arrays.compare(
                                a.weights().range(first, Projection.UP, 0, 1)[0],
                                b.weights().range(second, Projection.UP, 0, 1)[0])
                        <= 0;
    }

    private static MatchAgreement between(NeuronResponses narrow, NeuronResponses wide) {
        int neurons = Math.toIntExact(narrow.responding());
        if (neurons < FEWEST || wide.responding() < FEWEST) {
            return NONE;
        }
        int[] byHandle = narrow.matchesByHandle(wide);
        int most = 0;
        for (int other = 0; other < narrow.others().size(); other++) {
            int[] byOther = narrow.matches(other, wide);
            boolean[] taken = new boolean[wide.handle().length];
            int agreeing = 0;
            for (int i = 0; i < byOther.length; i++) {
                if (byHandle[i] == byOther[i] && !taken[byHandle[i]] && narrow.responds(i)) {
                    taken[byHandle[i]] = true;
                    agreeing++;
                }
            }
            most = Math.max(most, agreeing);
        }
        return new MatchAgreement((double) most / neurons, Chance.log10BinomialTail(neurons, most, MOST_BY_CHANCE));
    }
}
