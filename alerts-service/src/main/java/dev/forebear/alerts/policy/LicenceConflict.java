package dev.forebear.alerts.policy;

import dev.forebear.alerts.policy.Hit.Weight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The licence that the model declares, or who may use it, does not go with the licence of something that it was made
 * from, by a table of common readings. Not legal advice: a finding is a reason to look.
 *
 * <p>One finding per licence of the ancestors: the nearest ancestor that is under it stands for all of them.
 *
 * @param except bases whose licence binds nobody here, such as those bought under another one
 */
record LicenceConflict(List<NamePattern> except) implements Check {

    static final String NAME = "licence-conflict";

    LicenceConflict {
        except = List.copyOf(except);
    }

    @Override
    public List<Hit> hits(Dossier dossier) {
        DescentLine line = DescentLine.of(dossier);
        var reading = new LicenceReading(dossier);
        Map<String, List<Objection>> byLicence = new LinkedHashMap<>();
        line.ancestors().stream()
                .filter(base -> except.stream().noneMatch(pattern -> pattern.matches(base.match())))
                .sorted(Comparator.comparingInt(Ancestor::depth)
                        .thenComparing(base -> !base.match().getNearest()))
                .flatMap(base -> reading.objection(base).stream())
                .forEach(objection -> byLicence
                        .computeIfAbsent(dossier.licence(objection.ancestor()), id -> new ArrayList<>())
                        .add(objection));
        String merge = byLicence.isEmpty() ? "" : merge(dossier, line);
        return byLicence.values().stream()
                .map(objections -> hit(dossier, objections, merge))
                .toList();
    }

    /** What no licence can do for the parents of a merge, in a sentence. */
    private static String merge(Dossier dossier, DescentLine line) {
        List<String> licences = line.parents().stream()
                .map(dossier::licence)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        Set<String> left = dossier.licences().acceptableToAll(licences);
        return licences.size() > 1 && left.isEmpty()
                ? " It is a merge, and no licence that the table knows goes with those of all its parents: "
                        + String.join(", ", licences) + "."
                : "";
    }

    private static Hit hit(Dossier dossier, List<Objection> objections, String merge) {
        Objection first =
                objections.stream().min(Comparator.comparing(Objection::weight)).orElseThrow();
        String model = dossier.report().getModelVersionId();
        String base = first.ancestor().match().getModelVersionId();
        String title = "Possible licence conflict: " + model + " (" + shown(dossier.licence()) + ") descends from "
                + base + " (" + shown(dossier.licence(first.ancestor())) + ")";
        String more = objections.size() > 1
                ? " So for " + (objections.size() - 1) + " more of its ancestors under this licence."
                : "";
        String explanation = Proof.sentence(dossier.report(), first.ancestor()) + " " + first.reason() + more + merge
                + " By a table of common readings as of "
                + dossier.licences().asOf() + ", which is not legal advice.";
        return new Hit(first.ancestor(), title, explanation, first.weight());
    }

    private static String shown(String licence) {
        return licence.isEmpty() ? "no licence" : licence;
    }

    /**
     * What stands against a model.
     *
     * @param reason one or two sentences
     */
    record Objection(Ancestor ancestor, Weight weight, String reason) {

        static Optional<Objection> of(Ancestor ancestor, Weight weight, String reason) {
            return Optional.of(new Objection(ancestor, weight, reason));
        }
    }
}
