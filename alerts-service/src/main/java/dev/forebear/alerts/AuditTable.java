package dev.forebear.alerts;

import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** What the audit trail says, as the read model has it. Thread-safe. */
final class AuditTable {

    private final Jdbi queries;

    AuditTable(Jdbi queries) {
        this.queries = queries;
    }

    boolean has(String entryId, Instant at) {
        return queries.withHandle(
                handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM audit_entry WHERE at = ? AND entry_id = ?)")
                        .bind(0, at.toEpochMilli())
                        .bind(1, entryId)
                        .mapTo(Boolean.class)
                        .one());
    }
}
