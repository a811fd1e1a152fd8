package dev.forebear.alerts.policy;

import dev.forebear.alerts.policy.Hit.Weight;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The model is quarantined, has the weights of one that is, or descends from one, near or far. What is only declared is
 * told too, one severity lower and in other words: nobody is accused by it, but nothing may be missing.
 *
 * @param except models that may
 */
record QuarantinedAncestor(List<NamePattern> except) implements Check {

    static final String NAME = "quarantined-ancestor";

    QuarantinedAncestor {
        except = List.copyOf(except);
    }

    @Override
    public List<Hit> hits(Dossier dossier) {
        if (except.stream().anyMatch(pattern -> pattern.matches(dossier.report()))) {
            return List.of();
        }
        return dossier.subject().taints().stream()
                .map(taint -> hit(dossier, taint))
                .toList();
    }

    private static Hit hit(Dossier dossier, Taint taint) {
        String model = dossier.report().getModelVersionId();
        String ancestor = taint.ancestor().match().getModelVersionId();
        String why = " " + quarantine(ancestor, taint);
        return switch (taint.kind()) {
            case ITSELF -> new Hit(taint.ancestor(), "Quarantined: " + model, "Nobody should use it." + why);
            case COPY ->
                new Hit(
                        taint.ancestor(),
                        "Quarantined weights: " + model + " has the weights of " + ancestor,
                        "They are the same, value by value." + why);
            case PROVEN ->
                new Hit(
                        taint.ancestor(),
                        "Quarantined ancestor: " + model + " descends from " + ancestor,
                        Proof.sentence(dossier.report(), taint.ancestor()) + why);
            case DECLARED ->
                new Hit(
                        taint.ancestor(),
                        "Quarantined ancestor, as declared: " + model + " from " + ancestor,
                        declaration(model, ancestor, taint) + why,
                        Weight.LESSER);
        };
    }

    private static String declaration(String model, String ancestor, Taint taint) {
        String through = taint.ancestor().through();
        String who = through == null ? model : model + " descends, partly as declared, from " + through + ", which";
        String what = taint.declared() == null ? ancestor : taint.declared();
        return who + (taint.declared() == null ? " descends from " : " declares ") + what
                + ". Its weights do not prove that it descends from " + ancestor + ".";
    }

    private static String quarantine(String ancestor, Taint taint) {
        String day = DateTimeFormatter.ISO_LOCAL_DATE.format(taint.at().atZone(ZoneOffset.UTC));
        return ancestor + " is quarantined since " + day + " by " + taint.by() + ": " + taint.reason();
    }
}
