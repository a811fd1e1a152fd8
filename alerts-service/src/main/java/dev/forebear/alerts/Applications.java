package dev.forebear.alerts;

import dev.forebear.alerts.readmodel.ReadModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to hold what is known against the policy. One that is done twice changes nothing the second time. Used by
 * the decisions' thread.
 */
final class Applications {

    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);

    /** Clocks of several processes that write requests differ by less. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private static final RowMapper<Application> ROW = (row, context) -> new Application(
            row.getString("application_id"),
            row.getString("rule"),
            row.getString("policy_version"),
            row.getInt("notify") != 0,
            Rows.timeAlways(row, "requested_at"));

    private final Jdbi queries;
    private final Redecisions redecisions;
    private final Decider decider;
    private final Set<String> begun = new HashSet<>();
    private final Set<String> finished = new HashSet<>();
    private Instant done = Instant.MAX;

    Applications(ReadModel readModel, Redecisions redecisions, Decider decider) {
        this.queries = readModel.queries();
        this.redecisions = redecisions;
        this.decider = decider;
    }

    private record Application(
            String id, @Nullable String rule, String policyVersion, boolean tells, Instant requestedAt) {}

    /**
     * Takes partitions over; what was under way begins anew.
     *
     * @param formerlyDone how far their former owners had come
     */
    void takeOver(Collection<Instant> formerlyDone) {
        formerlyDone.forEach(time -> done = time.isBefore(done) ? time : done);
        if (formerlyDone.isEmpty()) {
            begun.retainAll(finished);
        } else {
            begun.clear();
        }
        if (done.equals(Instant.MAX)) {
            // Nothing was decided yet: everything will be decided by today's policy.
            done = Instant.EPOCH;
            all().forEach(application -> {
                begun.add(application.id());
                isDone(application);
            });
        }
    }

    /** When the latest was asked for that is done. */
    Instant done() {
        return done;
    }

    /** Begins those that were asked for since. */
    void run() {
        for (Application application : all()) {
            boolean asked = application.requestedAt().isAfter(done.minus(OVERLAP));
            if (asked && begun.add(application.id())) {
                begin(application);
            }
        }
    }

    private void begin(Application application) {
        String today = decider.policyVersion();
        if (!today.equals(application.policyVersion())) {
            LOG.atWarn()
                    .addKeyValue("application", application.id())
                    .addKeyValue("counted", application.policyVersion())
                    .addKeyValue("policy", today)
                    .log("the policy has changed since the effect was counted");
        }
        redecisions.addAll(new Scope(application.rule(), application.tells()), () -> isDone(application));
    }

    private void isDone(Application application) {
        finished.add(application.id());
        if (application.requestedAt().isAfter(done)) {
            done = application.requestedAt();
        }
    }

    private List<Application> all() {
        return queries.withHandle(handle -> handle.createQuery("SELECT * FROM policy_application ORDER BY requested_at")
                .map(ROW)
                .list());
    }
}
