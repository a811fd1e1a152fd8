package dev.forebear.match;

import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.PeerSimilarity;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.peer.PeerSimilarities;
import java.util.List;
import java.util.Objects;

/** Candidates on their way from a shard to the judge: written here, read here. */
final class Candidates {

    private Candidates() {}

    static LineageCandidate toWire(IndexedModel asked, Relative<IndexedModel> relative) {
        var other = relative.other();
        var model = other.model();
        var compared = relative.compared();
        return LineageCandidate.newBuilder()
                .setModelVersionId(model.getModelVersionId())
                .setRegistry(model.getRegistry())
                .setName(model.getName())
                .setVersion(model.getVersion())
                .setLicence(model.getLicence())
                .setDeclaredBases(model.getDeclaredBases())
                .setUploadedAt(model.getUploadedAt())
                .setSameWeights(compared.sameWeights())
                .setLog10PValue(compared.log10PValue())
                .setLog10ExactBound(compared.log10ExactBound())
                .setEffectSize(compared.effectSize())
                .setSharedFunction(compared.sharedFunction())
                .setEmbeddingGeometry(Double.isNaN(compared.embeddingGeometry()) ? null : compared.embeddingGeometry())
                .setNotComparable(compared.notComparable())
                .setEvidence(compared.evidence().stream()
                        .map(Candidates::evidenceToWire)
                        .toList())
                .setPeerSimilarities(peerSimilarities(asked, other))
                .setLocation(model.getLocation())
                .setAdapterBase(Adapters.base(model))
                .setOtherNames(other.kinship().otherNames())
                .setFamily(
                        model.getReference() == null
                                ? null
                                : model.getReference().getFamily())
                .setPublisher(
                        model.getReference() == null
                                ? null
                                : model.getReference().getPublisher())
                .setLog10Screen(relative.screened().log10Screen())
                .build();
    }

    static Compared toDomain(LineageCandidate wire) {
        return new Compared(
                wire.getEvidence().stream().map(Candidates::evidenceToDomain).toList(),
                wire.getLog10PValue(),
                wire.getLog10ExactBound(),
                wire.getEffectSize(),
                wire.getSharedFunction(),
                wire.getEmbeddingGeometry() == null ? Double.NaN : wire.getEmbeddingGeometry(),
                wire.getSameWeights(),
                wire.getNotComparable());
    }

    private static dev.forebear.schemas.wire.Evidence evidenceToWire(Evidence evidence) {
        return new dev.forebear.schemas.wire.Evidence(
                evidence.signal(),
                evidence.statistic(),
                evidence.value(),
                evidence.nullMean(),
                evidence.nullDeviation(),
                evidence.log10PValue(),
                evidence.log10ExactBound(),
                evidence.assumption());
    }

    private static Evidence evidenceToDomain(dev.forebear.schemas.wire.Evidence wire) {
        return new Evidence(
                wire.getSignal(),
                wire.getStatistic(),
                wire.getValue(),
                wire.getNullMean(),
                wire.getNullDeviation(),
                wire.getLog10PValue(),
                wire.getLog10ExactBound(),
                wire.getAssumption());
    }

    private static List<PeerSimilarity> peerSimilarities(IndexedModel asked, IndexedModel other) {
        var a = Objects.requireNonNull(asked.prepared());
        var b = Objects.requireNonNull(other.prepared());
        return PeerSimilarities.between(a.shape(), a.peer(), b.shape(), b.peer()).stream()
                .map(one -> new PeerSimilarity(one.signal(), one.similarity()))
                .toList();
    }
}
