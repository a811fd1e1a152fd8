package dev.forebear.alerts.policy;

import dev.forebear.alerts.policy.Ancestor.Way;
import java.util.List;

/**
 * Of all proven relatives those that a model was made from, step by step: its parents, their parents, and so on. A
 * relative that was only uploaded earlier may be a sibling, whose licence binds nobody.
 *
 * @param ancestors the nearest first, without other versions of the model itself
 */
record DescentLine(List<Ancestor> ancestors) {

    DescentLine {
        ancestors = List.copyOf(ancestors);
    }

    static DescentLine of(Dossier dossier) {
        return new DescentLine(dossier.others().stream()
                .filter(ancestor -> ancestor.way() == Way.STEPS)
                .toList());
    }

    /** Those that it was made from directly. */
    List<Ancestor> parents() {
        return ancestors.stream().filter(ancestor -> ancestor.depth() == 1).toList();
    }
}
