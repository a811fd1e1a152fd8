package dev.forebear.alerts.policy;

import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.util.List;

/**
 * The weights prove a base that the model does not declare.
 *
 * <p>Fires on the nearest base only, and not at all when any proven base is declared: who discloses the parent
 * discloses the grandparent. A declaration that the weights do not confirm discloses nothing. Earlier versions of the
 * model itself, and copies under the same name in another registry, are disclosed by their name.
 *
 * @param except bases that need no disclosure
 */
record UndisclosedAncestry(List<NamePattern> except) implements Check {

    static final String NAME = "undisclosed-ancestry";

    private static final int MAX_DECLARATIONS_SHOWN = 3;

    UndisclosedAncestry {
        except = List.copyOf(except);
    }

    @Override
    public List<Hit> hits(Dossier dossier) {
        LineageReport report = dossier.report();
        List<Ancestor> proven = dossier.provenByReport();
        if (proven.stream().anyMatch(base -> base.match().getDeclared())) {
            return List.of();
        }
        return proven.stream()
                .filter(base -> base.match().getNearest())
                .filter(base -> !disclosedByName(report, base.match()))
                .filter(base -> except.stream().noneMatch(pattern -> pattern.matches(base.match())))
                .limit(1)
                .map(base -> hit(dossier, base))
                .toList();
    }

    private static Hit hit(Dossier dossier, Ancestor ancestor) {
        LineageReport report = dossier.report();
        LineageMatch base = ancestor.match();
        boolean copy = base.getVerdict() == Verdict.SAME_WEIGHTS;
        String title = (copy ? "Undisclosed copy: " : "Undisclosed ancestor: ")
                + report.getModelVersionId()
                + (copy ? " has the weights of " : " descends from ")
                + base.getModelVersionId();
        return new Hit(ancestor, title, Proof.sentence(report, base) + " " + declaration(dossier));
    }

    private static boolean disclosedByName(LineageReport report, LineageMatch base) {
        return Proof.isSameModel(report, base)
                || base.getVerdict() == Verdict.SAME_WEIGHTS
                        && ModelReference.sameLastSegment(base.getName(), report.getName());
    }

    /** What the model declares instead, in a sentence. */
    static String declaration(Dossier dossier) {
        List<String> declared = dossier.statedBases().stream()
                .map(DeclaredBase::getName)
                .distinct()
                .toList();
        if (declared.isEmpty()) {
            return "It declares no base.";
        }
        String more = declared.size() > MAX_DECLARATIONS_SHOWN ? " and others" : "";
        return "It declares "
                + String.join(", ", declared.subList(0, Math.min(declared.size(), MAX_DECLARATIONS_SHOWN))) + more
                + ", which its weights do not confirm.";
    }
}
