package dev.forebear.alerts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model as an ancestor; descendants are counted over all versions of it.
 *
 * @param descendants model versions
 * @param models that these are versions of
 * @param truncated whether there are more, which were not counted
 */
record AncestorView(
        String modelId,
        String registry,
        String name,
        @Nullable String licence,
        @Nullable String family,
        @Nullable String publisher,
        List<ModelVersionView> versions,
        long versionsTotal,
        int descendants,
        long models,
        long deleted,
        long undeclared,
        boolean truncated,
        List<DepthCount> byDepth,
        List<Facet.Count> byRegistry,
        List<Facet.Count> byTeam,
        List<Facet.Count> byKind,
        States alerts,
        Severities unresolved,
        List<AlertGroupView> groups,
        List<QuarantineView> quarantines) {

    /** Descendants at a distance. */
    record DepthCount(int depth, long count) {}
}
