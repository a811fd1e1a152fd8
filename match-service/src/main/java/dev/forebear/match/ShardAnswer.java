package dev.forebear.match;

import dev.forebear.schemas.wire.KnownBase;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Words what one shard found. */
final class ShardAnswer {

    private ShardAnswer() {}

    /**
     * @param candidates the relatives that are said
     * @param knownBases what the model asked about may mean by the base that it waits for
     * @param shard the number of the shard
     * @param now when the question was asked
     */
    static LineageCandidates of(
            LineageQuery query,
            IndexedModel asked,
            Relatives relatives,
            Collection<Relative<IndexedModel>> candidates,
            List<KnownBase> knownBases,
            int shard,
            Instant now) {
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
                .setSignature(model.getSignature())
                .setDeclaredBases(model.getDeclaredBases())
                .setUploadedAt(model.getUploadedAt())
                .setReceivedAt(now)
                .setCandidates(candidates.stream()
                        .map(one -> Candidates.toWire(asked, one))
                        .toList())
                .setCorrelationId(model.getCorrelationId())
                .setLocation(model.getLocation())
                .setAdapter(model.getAdapter() == null ? null : model)
                .setOtherNames(asked.kinship().otherNames())
                .setKnownBases(knownBases)
                .build();
    }
}
