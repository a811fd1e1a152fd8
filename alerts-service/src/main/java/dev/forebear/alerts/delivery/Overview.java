package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many alerts a message tells of, and of what kinds.
 *
 * @param total all of them
 * @param byState how many stand where
 * @param bySeverity of those that are not over, the most severe first
 * @param byRegistry of the derived models, the largest first
 * @param groups of rule and ancestor
 */
record Overview(
        int total,
        Map<AlertState, Integer> byState,
        Map<Severity, Integer> bySeverity,
        Map<String, Integer> byRegistry,
        int groups) {

    private static final int MOST_REGISTRIES = 8;

    static Overview of(Collection<Pending> alerts) {
        List<Pending> open = alerts.stream().filter(alert -> !alert.isOver()).toList();
        Map<AlertState, Integer> states = new EnumMap<>(AlertState.class);
        states.putAll(counts(alerts, Pending::state));
        Map<Severity, Integer> severities = new TreeMap<>(Comparator.reverseOrder());
        severities.putAll(counts(open, Pending::severity));
        Map<String, Integer> registries = new LinkedHashMap<>();
        counts(alerts, Pending::registry).entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> registries.put(entry.getKey(), entry.getValue()));
        int groups = (int) alerts.stream().map(Pending::group).distinct().count();
        return new Overview(alerts.size(), states, severities, registries, groups);
    }

    int in(AlertState state) {
        return byState.getOrDefault(state, 0);
    }

    int open() {
        return in(AlertState.OPEN);
    }

    int over() {
        return in(AlertState.RESOLVED);
    }

    /** For example "3 critical, 12 high". */
    String severities() {
        return bySeverity.entrySet().stream()
                .map(entry ->
                        count(entry.getValue()) + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** For example "9,990 in internal, 10 in hub". */
    String registries() {
        String named = byRegistry.entrySet().stream()
                .limit(MOST_REGISTRIES)
                .map(entry -> count(entry.getValue()) + " in " + Notice.name(entry.getKey()))
                .collect(Collectors.joining(", "));
        int more = byRegistry.size() - MOST_REGISTRIES;
        return more > 0 ? named + ", and " + more + " registries more" : named;
    }

    /** For example "2 open, 1 acknowledged". */
    String states() {
        return byState.entrySet().stream()
                .map(entry ->
                        count(entry.getValue()) + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** With a comma between thousands. */
    static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static <K> Map<K, Integer> counts(Collection<Pending> alerts, Function<Pending, K> key) {
        return alerts.stream().collect(Collectors.toMap(key, alert -> 1, Integer::sum));
    }
}
