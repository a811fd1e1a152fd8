package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.AuditEntry;

/** What people and machines did or tried, other than acting on alerts. */
final class AuditTable implements TopicTables<AuditEntry> {

    private final Statements sql;

    AuditTable(Statements sql) {
        this.sql = sql;
    }

    @Override
    public void put(Place place, AuditEntry entry) {
        sql.run(
                """
                INSERT OR REPLACE INTO audit_entry (partition, "offset", entry_id, author, role, action, subject,
                    detail, refused, via, address, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                place.partition(),
                place.offset(),
                entry.getEntryId(),
                entry.getAuthor(),
                entry.getRole(),
                entry.getAction(),
                entry.getSubject(),
                entry.getDetail(),
                entry.getRefused(),
                entry.getVia(),
                entry.getAddress(),
                entry.getAt());
    }
}
