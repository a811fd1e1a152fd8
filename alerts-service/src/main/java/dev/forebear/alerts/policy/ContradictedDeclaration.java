package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.DeclaredBase;
import java.util.List;

/**
 * The model declares a base that is known, and whose weights it was held against in vain; and the weights prove another
 * one, to which the declared one is no relative that anybody knows of.
 *
 * <p>Silent as long as one proven base is declared: who declares the parent and something else may mean a merge, whose
 * smaller share no weights show.
 *
 * @param except bases that it is not accused of
 */
record ContradictedDeclaration(List<NamePattern> except) implements Check {

    static final String NAME = "contradicted-declaration";

    ContradictedDeclaration {
        except = List.copyOf(except);
    }

    @Override
    public List<Hit> hits(Dossier dossier) {
        if (dossier.report().getNotAnalysed() != null
                || dossier.proven().stream().anyMatch(base -> base.match().getDeclared())) {
            return List.of();
        }
        List<String> refuted = dossier.statedBases().stream()
                .map(DeclaredBase::getName)
                .filter(dossier.subject().refutedBases()::contains)
                .distinct()
                .toList();
        if (refuted.isEmpty()) {
            return List.of();
        }
        return dossier.others().stream()
                .filter(base -> base.through() == null && base.match().getNearest())
                .filter(base -> except.stream().noneMatch(pattern -> pattern.matches(base.match())))
                .limit(1)
                .map(base -> hit(dossier, base, refuted.getFirst()))
                .toList();
    }

    private static Hit hit(Dossier dossier, Ancestor base, String declared) {
        String model = dossier.report().getModelVersionId();
        String ancestor = base.match().getModelVersionId();
        return new Hit(
                base,
                "Contradicted declaration: " + model + " declares " + declared + " and descends from " + ancestor,
                Proof.sentence(dossier.report(), base) + " It declares " + declared
                        + ", which is known here, and with which its weights have nothing in common.");
    }
}
