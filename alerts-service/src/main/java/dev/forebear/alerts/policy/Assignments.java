package dev.forebear.alerts.policy;

import dev.forebear.runtime.yaml.Section;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who answers for which models, and who may use them. Of the entries that fit, the first that says so counts. */
record Assignments(List<Assignment> entries) {

    private static final String PUBLIC = "public";

    Assignments {
        entries = List.copyOf(entries);
    }

    static Assignments of(Section policy) {
        return new Assignments(
                policy.sections("models").stream().map(Assignments::assignment).toList());
    }

    /**
     * What the registry shows to everybody is published, unless an entry says otherwise.
     *
     * @param fits whether an entry is about the model
     */
    Placement placement(Predicate<Assignment> fits, @Nullable String visibility) {
        Exposure exposure = first(fits, Assignment::exposure);
        Exposure unless = PUBLIC.equals(visibility) ? Exposure.PUBLISHED : Exposure.INTERNAL;
        return new Placement(
                first(fits, Assignment::team), exposure == null ? unless : exposure, first(fits, Assignment::owner));
    }

    /** Teams that are named, in the order of their names. */
    Set<String> teams() {
        return entries.stream()
                .map(Assignment::team)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private <T> @Nullable T first(Predicate<Assignment> fits, Function<Assignment, @Nullable T> attribute) {
        return entries.stream()
                .filter(fits)
                .<@Nullable T>map(attribute)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Assignment assignment(Section entry) {
        Exposure exposure = entry.has("exposure") ? entry.choice("exposure", Exposure.INTERNAL) : null;
        var assignment = new Assignment(
                Patterns.of(entry, "match"),
                entry.optionalText("registry"),
                entry.optionalText("team"),
                exposure,
                entry.optionalText("owner"));
        if (assignment.models().isEmpty() && assignment.registry() == null) {
            entry.problem("expected 'match' or 'registry', found neither");
        }
        if (assignment.team() == null && exposure == null && assignment.owner() == null) {
            entry.problem("expected 'team', 'exposure' or 'owner', found none");
        }
        return assignment;
    }
}
