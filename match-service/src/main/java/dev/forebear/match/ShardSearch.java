package dev.forebear.match;

import dev.forebear.schemas.wire.KnownBase;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.PreparedFingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Finds the relatives of a model among those of one shard, and words the shard's answer.
 *
 * @param models of the shard; the model asked about may be among them and does not meet itself
 * @param registrySize number of models in all shards, with the one asked about
 */
record ShardSearch(Collection<IndexedModel> models, long registrySize) {

    private static final int MOST_KNOWN_BASES = 16;

    Relatives relativesOf(IndexedModel asked) {
        var prepared = Objects.requireNonNull(asked.prepared(), "only analysed models are asked about");
        double largestScreen = largestScreen(registrySize);
        var found = new ArrayList<Relative>();
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
            boolean likely = prepared.screen(other.prepared()) <= largestScreen;
            if ((likely || prepared.nomination(other.prepared()) >= 1)
                    && prepared.compareTo(other.prepared()) instanceof Compared comparison) {
                found.add(new Relative(other, comparison, likely));
            }
        }
        return new Relatives(found, compared, incomparable);
    }

    /** log10 of the p-value up to which the screen lets a pair through, so that chance brings some ten per search. */
    static double largestScreen(long registrySize) {
        return 1 - Math.log10(Math.max(1, registrySize));
    }

    private static boolean sameAlgorithm(PreparedFingerprint a, PreparedFingerprint b) {
        return a.fingerprint().algorithmVersion() == b.fingerprint().algorithmVersion();
    }

    /**
     * @param shard the number of this shard
     * @param now when the question was asked
     */
    LineageCandidates answer(LineageQuery query, IndexedModel asked, Relatives relatives, int shard, Instant now) {
        var model = query.getModel();
        return LineageCandidates.newBuilder()
                .setQueryId(query.getQueryId())
                .setPurpose(query.getPurpose())
                .setShard(shard)
                .setShards(query.getShards())
                .setComparedModels(relatives.compared())
                .setIncomparableModels(relatives.incomparable())
                .setModelVersionId(model.getModelVersionId())
                .setRegistry(model.getRegistry())
                .setName(model.getName())
                .setVersion(model.getVersion())
                .setLicence(model.getLicence())
                .setNotAnalysed(model.getNotAnalysed())
                .setDeclaredBases(model.getDeclaredBases())
                .setUploadedAt(model.getUploadedAt())
                .setReceivedAt(now)
                .setCandidates(relatives.best(asked).stream()
                        .map(one -> Candidates.toWire(asked, one.other(), one.compared()))
                        .toList())
                .setCorrelationId(model.getCorrelationId())
                .setLocation(model.getLocation())
                .setAdapter(model.getAdapter() == null ? null : model)
                .setOtherNames(asked.kinship().otherNames())
                .setKnownBases(knownBases(asked))
                .build();
    }

    private List<KnownBase> knownBases(IndexedModel asked) {
        return models.stream()
                .filter(base -> Adapters.waitsFor(asked, base))
                .map(base -> Adapters.known(base.model()))
                .sorted(Comparator.comparing((KnownBase base) -> base.getUploadedAt())
                        .reversed()
                        .thenComparing(base -> base.getBase().getModelVersionId()))
                .limit(MOST_KNOWN_BASES)
                .toList();
    }
}
