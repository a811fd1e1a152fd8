package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.readmodel.FamilyTree.Declaration;
import dev.forebear.alerts.readmodel.FamilyTree.Direction;
import dev.forebear.alerts.readmodel.FamilyTree.Member;
import dev.forebear.alerts.readmodel.FamilyTree.Step;
import dev.forebear.alerts.readmodel.FamilyWalk.DeclaredHop;
import dev.forebear.alerts.readmodel.FamilyWalk.Found;
import dev.forebear.alerts.readmodel.FamilyWalk.Pair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Finds everything that descends from a model, or that it descends from: nothing may be missing on the day on which a
 * base turns out to be poisoned.
 */
public final class FamilyTrees {

    /** More than this does not fit into one answer, nor into anybody's day. */
    static final int MOST_MEMBERS = 250_000;

    private static final String PAIRS = """
        SELECT %s
        FROM json_each(:pairs) j CROSS JOIN match m ON m.derived_id = j.value ->> 0 AND m.base_id = j.value ->> 1
            AND m.basis <> 'declared'
        """.formatted(StepRow.COLUMNS);

    private FamilyTrees() {}

    /**
     * The family of some versions of a model, over all steps.
     *
     * @param versions ids; empty for a model that only declarations tell of
     */
    public static FamilyTree of(Handle handle, String modelId, Collection<String> versions, Direction direction) {
        var walk = new FamilyWalk(handle, direction, MOST_MEMBERS);
        versions.forEach(id -> walk.start(id, modelId));
        if (versions.isEmpty()) {
            walk.start(modelId, modelId);
        }
        walk.run();
        Map<Pair, Step> steps = steps(handle, walk);
        Map<String, List<Step>> byMember = new HashMap<>();
        steps.values().forEach(step -> note(byMember, walk.found(), step, direction));
        List<Member> members = new ArrayList<>();
        walk.found().forEach((id, found) -> {
            if (found.through() != null) {
                members.add(member(id, found, found.through(), byMember.getOrDefault(id, List.of())));
            }
        });
        members.sort(Comparator.comparingInt(Member::depth).thenComparing(Member::id));
        return new FamilyTree(members, walk.isCut());
    }

    /** Whether anybody declares a model of that id. */
    public static boolean isDeclared(Handle handle, String modelId) {
        return !new DeclaredEdges(handle).ofBases(List.of(modelId)).isEmpty();
    }

    private static Map<Pair, Step> steps(Handle handle, FamilyWalk walk) {
        Map<String, Found> found = walk.found();
        Map<Pair, Step> steps = new LinkedHashMap<>(walk.direct());
        List<List<String>> pairs = new ArrayList<>();
        found.forEach((id, one) -> {
            String through = one.through();
            if (through != null
                    && !steps.containsKey(new Pair(id, through))
                    && !steps.containsKey(new Pair(through, id))) {
                pairs.add(List.of(id, through));
                pairs.add(List.of(through, id));
            }
        });
        handle.createQuery(PAIRS)
                .bind("pairs", JsonArray.of(pairs))
                .map((row, context) -> StepRow.step(row))
                .forEach(step -> steps.putIfAbsent(new Pair(step.derivedId(), step.baseId()), step));
        for (DeclaredHop hop : walk.declared()) {
            Declaration declaration = hop.edge().declaration();
            steps.compute(
                    new Pair(hop.derivedId(), hop.baseId()),
                    (pair, known) -> known == null
                            ? hop.edge().proven()
                                    ? null
                                    : new Step(pair.derivedId(), pair.baseId(), null, true, declaration)
                            : new Step(
                                    pair.derivedId(),
                                    pair.baseId(),
                                    known.proof(),
                                    true,
                                    known.declaration() == null ? declaration : known.declaration()));
        }
        return steps;
    }

    /** A step belongs to whoever of the two is on the far side. */
    private static void note(
            Map<String, List<Step>> byMember, Map<String, Found> found, Step step, Direction direction) {
        Found derived = found.get(step.derivedId());
        Found base = found.get(step.baseId());
        if (derived == null || base == null) {
            return;
        }
        boolean copyOnTheWay = step.derivedId().equals(base.through()) && direction == Direction.DESCENDANTS;
        boolean far = direction == Direction.DESCENDANTS && !copyOnTheWay;
        byMember.computeIfAbsent(far ? step.derivedId() : step.baseId(), none -> new ArrayList<>())
                .add(step);
    }

    private static Member member(String id, Found found, String through, List<Step> steps) {
        List<Step> ordered = steps.size() < 2
                ? steps
                : steps.stream()
                        .sorted(Comparator.comparing((Step step) -> !isWith(step, through))
                                .thenComparing(step -> step.proof() == null)
                                .thenComparing(Step::baseId)
                                .thenComparing(Step::derivedId))
                        .toList();
        return new Member(id, found.modelId(), found.depth(), through, found.proven(), ordered);
    }

    private static boolean isWith(Step step, String other) {
        return step.baseId().equals(other) || step.derivedId().equals(other);
    }
}
