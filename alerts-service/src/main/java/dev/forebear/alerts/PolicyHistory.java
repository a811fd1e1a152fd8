package dev.forebear.alerts;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.PolicyVersion;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Writes down every policy that comes into use, by one process of a cluster. Used by the decisions' thread. */
final class PolicyHistory {

    /** Names what one process of a cluster writes for all. */
    private static final String DUTY = "policy history";

    private final Ownership ownership;
    private final Jdbi queries;
    private final PolicySource source;
    private final Decider decider;
    private final AlertWriter writer;

    PolicyHistory(Ownership ownership, ReadModel readModel, PolicySource source, Decider decider, AlertWriter writer) {
        this.ownership = ownership;
        this.queries = readModel.queries();
        this.source = source;
        this.decider = decider;
        this.writer = writer;
    }

    void run() throws InterruptedException {
        Policy policy = source.current();
        if (!ownership.owns(DUTY) || latest().equals(Optional.of(policy.version()))) {
            return;
        }
        Instant now = decider.now();
        writer.audit(AuditEntry.newBuilder()
                .setEntryId("policy-" + policy.version() + "-" + now.toEpochMilli())
                .setAuthor("forebear")
                .setAction("policy.changed")
                .setSubject(policy.version())
                .setDetail("read from " + source.name())
                .setVia("file")
                .setAt(now)
                .build());
        writer.write(PolicyVersion.newBuilder()
                .setVersion(policy.version())
                .setText(policy.text())
                .setSource(source.name())
                .setLoadedAt(now)
                .build());
    }

    private Optional<String> latest() {
        return queries.withHandle(
                handle -> handle.createQuery("SELECT version FROM policy_version ORDER BY loaded_at DESC LIMIT 1")
                        .mapTo(String.class)
                        .findOne());
    }
}
