package dev.forebear.alerts;

import dev.forebear.alerts.Effect.Change;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a policy would change, being counted on a thread of its own. Thread-safe. */
public final class Count implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Count.class);
    private static final int BATCH = 500;

    private final Decider decider;
    private final Scope scope;
    private final ReportTable reports;
    private final KnownAlerts alerts;
    private final Tally tally = new Tally();
    private final Set<String> undecided = new HashSet<>();
    private volatile long counted;
    private volatile long total;
    private volatile boolean done;
    private volatile boolean cancelled;
    private volatile @Nullable String problem;

    Count(Decider decider, @Nullable String rule, ReportTable reports, KnownAlerts alerts) {
        this.decider = decider;
        this.scope = new Scope(rule, false);
        this.reports = reports;
        this.alerts = alerts;
    }

    /** What was counted so far; all there is to count when {@link #isDone}. */
    public Effect effect() {
        return new Effect(counted, total, tally.rules());
    }

    public boolean isDone() {
        return done;
    }

    /** Why it ended before it was done, in one line. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Ends it early. */
    @Override
    public void close() {
        cancelled = true;
    }

    /** Counts; reports are read by a reader that nobody else uses. */
    void run(StoredReports stored) {
        try (stored) {
            count(stored);
        } catch (InterruptException e) {
            problem = "the service is stopping";
        } catch (KafkaException | SchemaRegistryException | JdbiException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("counting ended early");
            problem = "the broker, the schema registry or the read model did not answer";
        }
    }

    private void count(StoredReports stored) {
        List<ReportPlace> places = reports.latestOf(id -> true);
        total = places.size();
        for (int from = 0; from < places.size() && !cancelled; from += BATCH) {
            List<ReportPlace> batch = places.subList(from, Math.min(from + BATCH, places.size()));
            count(stored.at(batch).values());
            counted = from + batch.size();
        }
        if (cancelled) {
            problem = "cancelled";
            return;
        }
        alerts.unresolved(alert -> {
            if (scope.includes(alert.getRule()) && isGone(alert)) {
                tally.count(Change.RESOLVES, alert);
            }
        });
        done = true;
    }

    private void count(Collection<LineageReport> batch) {
        batch.stream()
                .filter(report -> report.getNotAnalysed() != null)
                .map(LineageReport::getModelVersionId)
                .forEach(undecided::add);
        Round round = decider.reports(batch, scope, report -> undecided.add(report.getModelVersionId()));
        Map<String, LineageAlert> before = round.before();
        for (LineageAlert alert : round.found()) {
            LineageAlert known = before.get(alert.getAlertId());
            if (known != null && known.getState() != AlertState.RESOLVED) {
                tally.count(Change.STAYS, known);
            } else if (alert.getState() != AlertState.RESOLVED) {
                tally.count(Change.OPENS, alert);
            }
        }
    }

    // Not analysed refutes nothing.
    private boolean isGone(LineageAlert alert) {
        Set<String> versions = alert.getVersions().stream()
                .map(AlertVersion::getModelVersionId)
                .collect(Collectors.toSet());
        return !tally.has(alert.getAlertId()) && versions.stream().noneMatch(undecided::contains);
    }
}
