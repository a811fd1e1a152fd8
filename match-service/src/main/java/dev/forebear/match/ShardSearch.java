package dev.forebear.match;

import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.PreparedFingerprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Objects;

/**
 * Finds the relatives of a model among those of one shard, pair by pair.
 *
 * @param models of the shard; the model asked about may be among them and does not meet itself
 * @param registrySize number of models in all shards, with the one asked about
 */
record ShardSearch(Collection<IndexedModel> models, long registrySize) {

    Relatives relativesOf(IndexedModel asked) {
        var prepared = Objects.requireNonNull(asked.prepared(), "only analysed models are asked about");
        double largestScreen = largestScreen(registrySize);
        var found = new ArrayList<Relative<IndexedModel>>();
        long compared = 0;
        long incomparable = 0;
        for (var other : models) {
            if (other.model().getModelVersionId().equals(asked.model().getModelVersionId())) {
                continue;
            }
            if (other.prepared() == null || !sameAlgorithm(prepared, other.prepared())) {
                incomparable++;
                continue;
            }
            if (other.model().getNotAnalysed() == null) {
                compared++;
            } else {
                incomparable++;
            }
            double log10Screen = prepared.screen(other.prepared());
            boolean likely = log10Screen <= largestScreen;
            if ((likely || prepared.nomination(other.prepared()) >= 1)
                    && prepared.compareTo(other.prepared()) instanceof Compared comparison) {
                found.add(new Relative<>(Screened.of(other, log10Screen, likely), comparison));
            }
        }
        return new Relatives(found, compared, incomparable);
    }

    /** log10 of the p-value up to which the screen lets a pair through, so that chance brings some ten per search. */
    static double largestScreen(long registrySize) {
        return 1 - Math.log10(Math.max(1, registrySize));
    }

    private static boolean sameAlgorithm(PreparedFingerprint a, PreparedFingerprint b) {
        return a.algorithmVersion() == b.algorithmVersion();
    }
}
