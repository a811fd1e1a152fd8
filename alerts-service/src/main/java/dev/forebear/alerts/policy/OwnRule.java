package dev.forebear.alerts.policy;

import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A rule that somebody wrote: a condition on models, or on each of their ancestors.
 *
 * @param name for its headlines
 */
record OwnRule(String name, Condition condition, Over over) implements Check {

    /** What a condition is held against. */
    enum Over {
        MODEL,
        /** Each proven ancestor but other versions of the model itself. */
        PROVEN,
        /** Everything that the report names, whatever its verdict. */
        ALL_MATCHES
    }

    /** More ancestors of one model than anybody wants alerts of. */
    static final int MAX_HITS = 20;

    /** For all ancestors of one model. */
    private static final long TIME_LIMIT = TimeUnit.SECONDS.toNanos(1);

    @Override
    public List<Hit> hits(Dossier dossier) {
        return switch (over) {
            case MODEL -> onModel(dossier);
            case PROVEN -> onAncestors(dossier, dossier.others());
            case ALL_MATCHES -> onAncestors(dossier, dossier.subject().ancestors());
        };
    }

    private List<Hit> onModel(Dossier dossier) {
        String model = dossier.report().getModelVersionId();
        try {
            return condition.holds(Vocabulary.variables(dossier))
                    ? List.of(
                            new Hit(null, name + ": " + model, model + " fulfils the condition of rule " + name + "."))
                    : List.of();
        } catch (CelEvaluationException e) {
            return List.of(failure(dossier, String.valueOf(e.getMessage())));
        }
    }

    private List<Hit> onAncestors(Dossier dossier, List<Ancestor> ancestors) {
        Map<String, Object> variables = Vocabulary.variables(dossier);
        List<Ancestor> found = new ArrayList<>();
        List<Hit> failure = new ArrayList<>();
        long begun = System.nanoTime();
        try {
            for (Ancestor ancestor : ancestors) {
                if (condition.holds(variables, Vocabulary.facts(dossier, ancestor))) {
                    found.add(ancestor);
                }
                if (System.nanoTime() - begun > TIME_LIMIT) {
                    failure.add(failure(dossier, "its ancestors take longer than a second"));
                    break;
                }
            }
        } catch (CelEvaluationException e) {
            failure.add(failure(dossier, String.valueOf(e.getMessage())));
        }
        return Stream.concat(told(dossier, found).stream(), failure.stream()).toList();
    }

    private Hit failure(Dossier dossier, String reason) {
        return RuleFailure.hit(name, dossier.report().getModelVersionId(), reason);
    }

    private List<Hit> told(Dossier dossier, List<Ancestor> found) {
        List<Hit> hits = new ArrayList<>();
        for (Ancestor ancestor : found.subList(0, Math.min(found.size(), MAX_HITS))) {
            int rest = hits.size() == MAX_HITS - 1 ? found.size() - MAX_HITS : 0;
            hits.add(hit(dossier, ancestor, rest));
        }
        return hits;
    }

    private Hit hit(Dossier dossier, Ancestor ancestor, int rest) {
        String model = dossier.report().getModelVersionId();
        String base = ancestor.match().getModelVersionId();
        String proof = Proof.isProven(ancestor.match())
                ? Proof.sentence(dossier.report(), ancestor)
                : "Not proven: " + ancestor.match().getSummary();
        String more = rest == 0 ? "" : " So do " + rest + " more ancestors, which have no alerts of their own.";
        return new Hit(
                ancestor,
                name + ": " + model + " and " + base,
                proof + " " + base + " fulfils the condition of rule " + name + "." + more);
    }
}
