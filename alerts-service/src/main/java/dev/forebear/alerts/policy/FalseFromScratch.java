package dev.forebear.alerts.policy;

import java.util.List;

/**
 * The model says that it was trained from scratch, and the weights prove what it was made from.
 *
 * @param except bases that it is not accused of
 */
record FalseFromScratch(List<NamePattern> except) implements Check {

    static final String NAME = "false-claim-from-scratch";

    FalseFromScratch {
        except = List.copyOf(except);
    }

    @Override
    public List<Hit> hits(Dossier dossier) {
        if (!dossier.claimsFromScratch()) {
            return List.of();
        }
        String model = dossier.report().getModelVersionId();
        return dossier.others().stream()
                .filter(base -> base.through() == null && base.match().getNearest())
                .filter(base -> except.stream().noneMatch(pattern -> pattern.matches(base.match())))
                .limit(1)
                .map(base -> new Hit(
                        base,
                        "Not from scratch: " + model + " descends from "
                                + base.match().getModelVersionId(),
                        Proof.sentence(dossier.report(), base) + " It says that it was trained from scratch."))
                .toList();
    }
}
