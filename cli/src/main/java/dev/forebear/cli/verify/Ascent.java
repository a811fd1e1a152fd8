package dev.forebear.cli.verify;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Ancestor.Way;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a model descends from: the matches of its report, and over the proven ones what is proven of them in turn.
 * Goes the ways that a running instance goes over its tables, over reports that are asked for one by one.
 */
final class Ascent {

    /** A proven match that no steps explain is no parent: somebody stands between, unknown. */
    private static final int REMOTE = 2;

    /** Models further away are left out. */
    private static final int MOST_MODELS = 5_000;

    /** What is known of one ancestor. */
    interface Reports {

        /** Empty when nothing is known of it. */
        Optional<LineageReport> on(String modelVersionId) throws IOException, InterruptedException;
    }

    private record Found(int depth, @Nullable String through) {}

    private final LineageReport report;
    private final Reports reports;
    private final Map<String, List<LineageMatch>> proven = new HashMap<>();
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final TreeMap<Integer, List<String>> frontier = new TreeMap<>();

    private Ascent(LineageReport report, Reports reports) {
        this.report = report;
        this.reports = reports;
    }

    /** Each once, the nearest first. */
    static List<Ancestor> of(LineageReport report, Reports reports) throws IOException, InterruptedException {
        var ascent = new Ascent(report, reports);
        List<LineageMatch> named =
                report.getMatches().stream().filter(Ascent::isProven).toList();
        ascent.proven.put(report.getModelVersionId(), named);
        ascent.found.put(report.getModelVersionId(), new Found(0, null));
        direct(named).forEach(match -> ascent.find(match, 1, null));
        ascent.alongSteps();
        Set<String> stepped = Set.copyOf(ascent.found.keySet());
        named.forEach(match -> ascent.find(match, REMOTE, null));
        do {
            ascent.alongSteps();
        } while (ascent.overRemoteMatches());
        return ascent.ancestors(stepped::contains);
    }

    static boolean isProven(LineageMatch match) {
        return match.getVerdict() == Verdict.DERIVED || match.getVerdict() == Verdict.SAME_WEIGHTS;
    }

    /** The parents among proven matches, or the nearest where the weights tell of no parent. */
    private static Stream<LineageMatch> direct(List<LineageMatch> proven) {
        boolean parentKnown = proven.stream().anyMatch(LineageMatch::getParent);
        return proven.stream().filter(parentKnown ? LineageMatch::getParent : LineageMatch::getNearest);
    }

    private void find(LineageMatch match, int depth, @Nullable String through) {
        String id = match.getModelVersionId();
        if (found.size() < MOST_MODELS && found.putIfAbsent(id, new Found(depth, through)) == null) {
            frontier.computeIfAbsent(depth, none -> new ArrayList<>()).add(id);
        }
    }

    private void alongSteps() throws IOException, InterruptedException {
        while (!frontier.isEmpty()) {
            Map.Entry<Integer, List<String>> level = frontier.pollFirstEntry();
            for (String id : level.getValue()) {
                direct(proven(id)).forEach(match -> find(match, level.getKey() + 1, id));
            }
        }
    }

    private boolean overRemoteMatches() throws IOException, InterruptedException {
        int before = found.size();
        for (Map.Entry<String, Found> known : List.copyOf(found.entrySet())) {
            if (known.getValue().depth() > 0) {
                proven(known.getKey())
                        .forEach(match -> find(match, known.getValue().depth() + REMOTE, known.getKey()));
            }
        }
        return found.size() > before;
    }

    private List<LineageMatch> proven(String id) throws IOException, InterruptedException {
        List<LineageMatch> known = proven.get(id);
        if (known == null) {
            known = reports.on(id).map(LineageReport::getMatches).orElse(List.of()).stream()
                    .filter(Ascent::isProven)
                    .toList();
            proven.put(id, known);
        }
        return known;
    }

    private List<Ancestor> ancestors(Predicate<String> stepped) {
        Map<String, Found> others = new LinkedHashMap<>(found);
        others.remove(report.getModelVersionId());
        List<Ancestor> ancestors = new ArrayList<>();
        for (LineageMatch match : report.getMatches()) {
            Found way = others.remove(match.getModelVersionId());
            ancestors.add(new Ancestor(match, way == null ? 1 : way.depth(), way(match, stepped), null));
        }
        others.forEach((id, way) -> named(id, way.through())
                .ifPresent(
                        match -> ancestors.add(new Ancestor(match, way.depth(), way(match, stepped), way.through()))));
        ancestors.sort(Comparator.comparingInt(Ancestor::depth));
        return ancestors;
    }

    private Optional<LineageMatch> named(String id, @Nullable String through) {
        return proven.getOrDefault(String.valueOf(through), List.of()).stream()
                .filter(match -> match.getModelVersionId().equals(id))
                .findFirst();
    }

    private static Way way(LineageMatch match, Predicate<String> stepped) {
        return stepped.test(match.getModelVersionId()) ? Way.STEPS : Way.REMOTE;
    }
}
