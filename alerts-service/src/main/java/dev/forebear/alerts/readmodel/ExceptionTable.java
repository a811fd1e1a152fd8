package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.PolicyException;

/** Exceptions in their last state; lapsed and revoked ones stay. */
final class ExceptionTable implements TopicTables<PolicyException> {

    private final Statements sql;

    ExceptionTable(Statements sql) {
        this.sql = sql;
    }

    @Override
    public void put(Place place, PolicyException exception) {
        sql.run(
                """
                INSERT OR REPLACE INTO policy_exception (exception_id, rule, derived_model_id, derived_version,
                    base_model_id, owner, reason, expires_at, granted_by, granted_at, revoked_by, revoked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                exception.getExceptionId(),
                exception.getRule(),
                exception.getDerivedModelId(),
                exception.getDerivedVersion(),
                exception.getBaseModelId(),
                exception.getOwner(),
                exception.getReason(),
                exception.getExpiresAt(),
                exception.getGrantedBy(),
                exception.getGrantedAt(),
                exception.getRevokedBy(),
                exception.getRevokedAt());
    }

    @Override
    public void delete(String key) {
        sql.run("DELETE FROM policy_exception WHERE exception_id = ?", key);
    }
}
