package dev.forebear.alerts.policy;

import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Severity;
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
record UndisclosedAncestry(Severity severity, List<NamePattern> except) implements Rule {

    static final String NAME = "undisclosed-ancestry";

    private static final int MAX_DECLARATIONS_SHOWN = 3;

    UndisclosedAncestry {
        except = List.copyOf(except);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> findings(LineageReport report) {
        List<LineageMatch> proven = Proof.of(report);
        if (proven.stream().anyMatch(LineageMatch::getDeclared)) {
            return List.of();
        }
        return proven.stream()
                .filter(LineageMatch::getNearest)
                .filter(base -> !disclosedByName(report, base))
                .filter(base -> except.stream().noneMatch(pattern -> pattern.matches(base)))
                .limit(1)
                .map(base -> finding(report, base))
                .toList();
    }

    private Finding finding(LineageReport report, LineageMatch base) {
        boolean copy = base.getVerdict() == Verdict.SAME_WEIGHTS;
        String title = (copy ? "Undisclosed copy: " : "Undisclosed ancestor: ")
                + report.getModelVersionId()
                + (copy ? " has the weights of " : " descends from ")
                + base.getModelVersionId();
        return new Finding(NAME, severity, base, title, Proof.sentence(report, base) + " " + declaration(report));
    }

    private static boolean disclosedByName(LineageReport report, LineageMatch base) {
        return Proof.isSameModel(report, base)
                || base.getVerdict() == Verdict.SAME_WEIGHTS
                        && ModelReference.sameLastSegment(base.getName(), report.getName());
    }

    private static String declaration(LineageReport report) {
        List<DeclaredBase> declared = report.getDeclaredBases().stream()
                .filter(base -> base.getStrength() != DeclarationStrength.HINT)
                .toList();
        if (declared.isEmpty()) {
            return "It declares no base.";
        }
        List<String> names = declared.stream()
                .map(DeclaredBase::getName)
                .distinct()
                .limit(MAX_DECLARATIONS_SHOWN)
                .toList();
        String more = declared.size() > names.size() ? " and others" : "";
        return "It declares " + String.join(", ", names) + more + ", which its weights do not confirm.";
    }
}
