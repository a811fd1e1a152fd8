package dev.forebear.alerts;

import dev.forebear.alerts.Effect.Change;
import dev.forebear.schemas.wire.LineageAlert;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts each alert once, however many versions have it. Thread-safe. */
final class Tally {

    private static final int SAMPLES = 5;

    private final Set<String> counted = new HashSet<>();
    private final Map<String, Map<Change, Long>> numbers = new HashMap<>();
    private final Map<String, List<Effect.Sample>> samples = new HashMap<>();

    synchronized void count(Change change, LineageAlert alert) {
        if (!counted.add(alert.getAlertId())) {
            return;
        }
        Map<Change, Long> ofRule = numbers.computeIfAbsent(alert.getRule(), rule -> new EnumMap<>(Change.class));
        if (ofRule.merge(change, 1L, Long::sum) <= SAMPLES) {
            samples.computeIfAbsent(alert.getRule(), rule -> new ArrayList<>())
                    .add(new Effect.Sample(
                            change,
                            alert.getAlertId(),
                            alert.getDerivedModelVersionId(),
                            alert.getBaseModelId(),
                            alert.getSeverity(),
                            alert.getTitle()));
        }
    }

    synchronized boolean has(String alertId) {
        return counted.contains(alertId);
    }

    synchronized Map<String, Effect.OfRule> rules() {
        Map<String, Effect.OfRule> rules = new HashMap<>();
        numbers.forEach((rule, of) -> rules.put(
                rule,
                new Effect.OfRule(
                        of.getOrDefault(Change.OPENS, 0L),
                        of.getOrDefault(Change.RESOLVES, 0L),
                        of.getOrDefault(Change.STAYS, 0L),
                        samples.getOrDefault(rule, List.of()))));
        return rules;
    }
}
