package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Ancestor.Way;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a model descends from, as far as the latest reports tell. A match that only another model's report
 * names comes from the table, without its evidence. Thread-safe.
 */
public final class Ancestry {

    /** Models further away are left out. */
    static final int MOST_MODELS = 5_000;

    private static final int ANY_DEPTH = Integer.MAX_VALUE;

    private final Supplier<ProvenMatches> matches;

    private Ancestry(Supplier<ProvenMatches> matches) {
        this.matches = matches;
    }

    public Ancestry(Jdbi queries) {
        this(() -> new ProvenMatches(queries));
    }

    /** Of tables that nobody writes to: what was read is kept. */
    public static Ancestry ofWhatStays(Jdbi queries) {
        var kept = new ProvenMatches(queries);
        return new Ancestry(() -> kept);
    }

    /**
     * The matches of the report, and over the proven ones whatever is proven in the latest reports on them, each once,
     * the nearest first. How far away a model is, its steps tell: over parents, or else over the nearest; a proven
     * match that no steps lead to is two steps away.
     */
    public List<Ancestor> of(LineageReport report) {
        return among(List.of(report)).apply(report);
    }

    /** The same for many reports, of which one thread asks: what is above them is read once. */
    public Function<LineageReport, List<Ancestor>> among(Collection<LineageReport> reports) {
        ProvenMatches proven = matches.get();
        proven.read(reports.stream().flatMap(Ancestry::proven).collect(Collectors.toSet()));
        return report -> of(report, proven);
    }

    private static List<Ancestor> of(LineageReport report, ProvenMatches matches) {
        Walk walk = new Walk(matches, ANY_DEPTH, MOST_MODELS);
        Set<String> stepped = steps(walk, report);
        Map<String, Walk.Found> found = theRest(walk, report);
        List<Ancestor> ancestors = new ArrayList<>(named(report, found, stepped));
        ancestors.addAll(distant(matches, report, found, stepped));
        ancestors.sort(Comparator.comparingInt(Ancestor::depth));
        return List.copyOf(ancestors);
    }

    /** What steps lead to. */
    private static Set<String> steps(Walk walk, LineageReport report) {
        Set<String> direct = Proofs.direct(report);
        walk.startBeyond(report.getModelVersionId());
        proven(report).filter(direct::contains).forEach(id -> walk.start(id, 1, null));
        walk.alongSteps();
        return Set.copyOf(walk.found().keySet());
    }

    private static Map<String, Walk.Found> theRest(Walk walk, LineageReport report) {
        proven(report).forEach(id -> walk.start(id, Walk.REMOTE, null));
        walk.run();
        return walk.found();
    }

    private static Way way(String id, Set<String> stepped) {
        return stepped.contains(id) ? Way.STEPS : Way.REMOTE;
    }

    private static Stream<String> proven(LineageReport report) {
        return report.getMatches().stream().filter(Proofs::isProven).map(LineageMatch::getModelVersionId);
    }

    /** What the report itself names. */
    private static List<Ancestor> named(LineageReport report, Map<String, Walk.Found> found, Set<String> stepped) {
        return report.getMatches().stream()
                .map(match -> new Ancestor(
                        match,
                        depth(found.get(match.getModelVersionId())),
                        way(match.getModelVersionId(), stepped),
                        null))
                .toList();
    }

    /** One step for a match that is not proven: nothing leads to it. */
    private static int depth(Walk.@Nullable Found found) {
        return found == null ? 1 : Math.max(1, found.depth());
    }

    /** What only the reports on its ancestors name. */
    private static List<Ancestor> distant(
            ProvenMatches matches, LineageReport report, Map<String, Walk.Found> found, Set<String> stepped) {
        Map<String, Walk.Found> others = new LinkedHashMap<>(found);
        others.remove(report.getModelVersionId());
        report.getMatches().forEach(match -> others.remove(match.getModelVersionId()));
        List<Ancestor> distant = new ArrayList<>();
        others.forEach((id, way) -> {
            String via = String.valueOf(way.via());
            LineageMatch match = matches.of(via, id);
            if (match != null) {
                distant.add(new Ancestor(match, depth(way), way(id, stepped), via));
            }
        });
        return distant;
    }
}
