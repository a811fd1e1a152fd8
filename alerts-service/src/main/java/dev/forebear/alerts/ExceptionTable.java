package dev.forebear.alerts;

import dev.forebear.schemas.wire.PolicyException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** Exceptions as the read model has them. Thread-safe. */
final class ExceptionTable {

    private static final RowMapper<PolicyException> ROW = (row, context) -> PolicyException.newBuilder()
            .setExceptionId(row.getString("exception_id"))
            .setRule(row.getString("rule"))
            .setDerivedModelId(row.getString("derived_model_id"))
            .setDerivedVersion(row.getString("derived_version"))
            .setBaseModelId(row.getString("base_model_id"))
            .setOwner(row.getString("owner"))
            .setReason(row.getString("reason"))
            .setExpiresAt(Rows.timeAlways(row, "expires_at"))
            .setGrantedBy(row.getString("granted_by"))
            .setGrantedAt(Rows.timeAlways(row, "granted_at"))
            .setRevokedBy(row.getString("revoked_by"))
            .setRevokedAt(Rows.time(row, "revoked_at"))
            .build();

    private final Jdbi queries;

    ExceptionTable(Jdbi queries) {
        this.queries = queries;
    }

    GrantedExceptions all() {
        return new GrantedExceptions(queries.withHandle(handle ->
                handle.createQuery("SELECT * FROM policy_exception").map(ROW).list()));
    }

    /** Those that lapsed by themselves after one time, up to another, and of which the audit trail says nothing yet. */
    List<PolicyException> lapsedUnnoted(Instant after, Instant upTo) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT * FROM policy_exception AS exception
            WHERE expires_at > :after AND expires_at <= :upTo AND revoked_at IS NULL
                AND NOT EXISTS (
                    SELECT 1 FROM audit_entry
                    WHERE at = exception.expires_at AND entry_id = 'lapsed-' || exception.exception_id)
            """)
                .bind("after", after.toEpochMilli())
                .bind("upTo", upTo.toEpochMilli())
                .map(ROW)
                .list());
    }
}
