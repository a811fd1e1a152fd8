package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Of all proven relatives those that a model was made from, step by step: its parents, their parents, and so on. A
 * relative that was only uploaded earlier may be a sibling, whose licence binds nobody.
 *
 * @param ancestors the nearest first, without other versions of the model itself
 * @param parents those of them that it was made from directly
 */
record DescentLine(List<Ancestor> ancestors, List<Ancestor> parents) {

    DescentLine {
        ancestors = List.copyOf(ancestors);
        parents = List.copyOf(parents);
    }

    static DescentLine of(Dossier dossier) {
        List<Ancestor> direct = dossier.provenByReport();
        boolean parentsKnown = direct.stream().anyMatch(one -> one.match().getParent());
        Set<String> reached = new HashSet<>();
        List<Ancestor> line = new ArrayList<>();
        List<Ancestor> parents = new ArrayList<>();
        // Depth is counted along parents, so that whoever lies between comes first.
        dossier.proven().stream()
                .sorted(Comparator.comparingInt(Ancestor::depth))
                .filter(one -> isStep(one, parentsKnown, reached))
                .forEach(one -> {
                    reached.add(one.match().getModelVersionId());
                    line.add(one);
                    if (one.depth() == 1) {
                        parents.add(one);
                    }
                });
        return new DescentLine(foreign(dossier, line), foreign(dossier, parents));
    }

    private static boolean isStep(Ancestor ancestor, boolean parentsKnown, Set<String> reached) {
        LineageMatch match = ancestor.match();
        String through = ancestor.through();
        if (through != null) {
            return reached.contains(through) && (match.getParent() || match.getNearest());
        }
        return match.getParent() || ancestor.depth() > 1 || !parentsKnown && match.getNearest();
    }

    private static List<Ancestor> foreign(Dossier dossier, List<Ancestor> line) {
        return line.stream()
                .filter(one -> !Proof.isSameModel(dossier.report(), one.match()))
                .toList();
    }
}
