package dev.forebear.signals.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * What of the models of two layouts is held against each other.
 *
 * @param neurons chunks of layers, in ints
 * @param functionSigns signs of what is done to tokens
 * @param mostFunctionSigns the most of these that may differ
 * @param geometrySigns signs of how embeddings lie
 * @param mostGeometrySigns the most of these that may differ
 */
record ScreenPlan(
        boolean gateUp,
        boolean value,
        int layers,
        int neuronsOfLayer,
        List<Span> neurons,
        List<Span> functionSigns,
        int mostFunctionSigns,
        List<Span> geometrySigns,
        int mostGeometrySigns) {

    /** Part of a row. */
    record Span(int from, int length) {}

    /** @param rows laid out as either */
    static ScreenPlan of(ScreenLayout a, ScreenLayout b, ScreenRows rows) {
        boolean sameWidth = a.sharesWidth(b);
        boolean queryKey = sameWidth && a.queryKey() && b.queryKey();
        boolean feedForward = sameWidth && a.feedForward() && b.feedForward();
        boolean geometry = sameWidth && a.geometry() && b.geometry();
        int matrix = a.width() * a.width();
        return new ScreenPlan(
                a.sharesGateUpRows(b),
                a.sharesValueRows(b),
                a.sharedLayers(b),
                a.neurons(),
                chunks(a.sharedLayers(b)),
                functionSigns(queryKey, feedForward, rows),
                PreparedFunctionals.mostDiffering((queryKey ? matrix : 0) + (feedForward ? matrix : 0)),
                geometry ? List.of(new Span(rows.geometryAt(), rows.geometryLongs())) : List.of(),
                PreparedFunctionals.mostDiffering(geometry ? a.width() * (a.width() + 1) / 2 : 0));
    }

    /** Every chunk ends with zeros of the shallower model, which may be counted in. */
    private static List<Span> chunks(int layers) {
        List<Span> chunks = new ArrayList<>();
        for (int from = 0; from < layers; from += ScreenRows.CHUNK) {
            int ints = Math.min(ScreenRows.CHUNK, layers - from) * ScreenRows.LAYER + 1;
            chunks.add(new Span(ScreenRows.NEURONS_AT + from / ScreenRows.CHUNK * ScreenRows.CHUNK_STRIDE, ints));
        }
        return chunks;
    }

    /** Of both in one span where both are. */
    private static List<Span> functionSigns(boolean queryKey, boolean feedForward, ScreenRows rows) {
        if (queryKey && feedForward) {
            return List.of(new Span(rows.queryKeyAt(), rows.functionLongs()));
        }
        if (queryKey || feedForward) {
            return List.of(new Span(queryKey ? rows.queryKeyAt() : rows.feedForwardAt(), rows.signLongs()));
        }
        return List.of();
    }

    boolean isEmpty() {
        return !value && layers == 0 && functionSigns.isEmpty() && geometrySigns.isEmpty();
    }
}
