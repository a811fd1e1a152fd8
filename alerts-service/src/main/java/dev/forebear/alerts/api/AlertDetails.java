package dev.forebear.alerts.api;

import dev.forebear.alerts.api.AlertDetailView.ActionTaken;
import dev.forebear.alerts.api.AlertDetailView.Entry;
import dev.forebear.alerts.api.AlertDetailView.FoundIn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** One alert with all that happened to it, merged in time. */
final class AlertDetails {

    private static final int MOST = 500;

    private static final String VERSIONS = """
        SELECT model_version_id, report_id, found_at FROM alert_version
        WHERE alert_id = :id ORDER BY found_at DESC, model_version_id LIMIT %d\
        """.formatted(MOST);

    private static final String ACTIONS = """
        SELECT * FROM alert_action WHERE alert_id = :id ORDER BY at DESC, "offset" DESC LIMIT %d\
        """.formatted(MOST);

    private AlertDetails() {}

    /** Empty when no such alert is known. */
    static Optional<AlertDetailView> of(Handle handle, String id, Instant now) {
        return AlertQueries.byIds(handle, List.of(id)).stream().findFirst().map(alert -> of(handle, alert, now));
    }

    private static AlertDetailView of(Handle handle, AlertView alert, Instant now) {
        AlertFacts facts = alert.facts();
        List<FoundIn> versions = handle.createQuery(VERSIONS)
                .bind("id", facts.id())
                .map((set, context) -> {
                    var row = new Row(set);
                    return new FoundIn(row.text("model_version_id"), row.text("report_id"), row.time("found_at"));
                })
                .list();
        return new AlertDetailView(
                alert,
                versions,
                history(handle, facts, versions),
                facts.exceptionId() == null
                        ? null
                        : ExceptionQueries.byId(handle, facts.exceptionId(), now)
                                .orElse(null));
    }

    private static List<Entry> history(Handle handle, AlertFacts alert, List<FoundIn> versions) {
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.opened(alert.openedAt()));
        versions.stream().map(Entry::of).forEach(entries::add);
        entries.addAll(actions(handle, alert.id()));
        DeliveryQueries.allOf(handle, alert.id(), MOST).stream().map(Entry::of).forEach(entries::add);
        state(alert).ifPresent(entries::add);
        return entries.stream()
                .sorted(Comparator.comparing((Entry entry) -> Instant.parse(entry.at()))
                        .reversed())
                .limit(MOST)
                .toList();
    }

    private static List<Entry> actions(Handle handle, String id) {
        return handle.createQuery(ACTIONS)
                .bind("id", id)
                .map((set, context) -> {
                    var row = new Row(set);
                    var action = new ActionTaken(
                            row.text("action_id"),
                            row.text("kind"),
                            row.text("author"),
                            row.textOrNull("reason"),
                            row.timeOrNull("until"),
                            row.flag("until_change"),
                            row.textOrNull("via"));
                    return Entry.of(row.time("at"), action);
                })
                .list();
    }

    /** How it came into its state, when no action tells. */
    private static Optional<Entry> state(AlertFacts alert) {
        if (alert.stateAt() == null || alert.stateBy() != null) {
            return Optional.empty();
        }
        boolean resolved = alert.resolution() != null;
        return Optional.of(Entry.state(
                alert.stateAt(),
                resolved ? "resolved" : "changed",
                alert.state(),
                resolved ? alert.resolution() : alert.stateReason()));
    }
}
