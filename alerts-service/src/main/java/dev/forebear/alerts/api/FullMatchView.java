package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.LineageMatch;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A match with all that it rests on. */
record FullMatchView(
        MatchSummary base,
        String uploadedAt,
        @Nullable Double effectSize,
        String summary,
        List<EvidenceView> evidence,
        List<PeerView> peers,
        List<ComponentView> components,
        @Nullable DirectionView direction,
        @Nullable LayersView layers,
        List<String> notComparable,
        @Nullable PortraitView portrait) {

    /** @param portraits what can be drawn of a model version, or null; asked for those that a report names first */
    static FullMatchView of(LineageMatch match, Function<String, @Nullable PortraitView> portraits) {
        boolean first = match.getParent() || match.getNearest();
        return new FullMatchView(
                MatchSummary.of(match),
                match.getUploadedAt().toString(),
                Json.number(match.getEffectSize()),
                match.getSummary(),
                match.getEvidence().stream().map(EvidenceView::of).toList(),
                match.getPeerSimilarities().stream().map(PeerView::of).toList(),
                ComponentView.of(match.getRelation()),
                DirectionView.of(match.getDirection()),
                LayersView.of(match.getLayerAgreement()),
                match.getNotComparable(),
                first ? portraits.apply(match.getModelVersionId()) : null);
    }
}
