package dev.forebear.alerts.api;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's decision that a finding is to raise no alert for a time.
 *
 * @param standing {@code active}, {@code lapsed} or {@code revoked}
 * @param alerts how many it covers
 */
record ExceptionView(
        String id,
        String scope,
        @Nullable String rule,
        @Nullable String derivedModelId,
        @Nullable String derivedVersion,
        @Nullable String baseModelId,
        String owner,
        String reason,
        String expiresAt,
        String grantedBy,
        String grantedAt,
        @Nullable String revokedBy,
        @Nullable String revokedAt,
        String standing,
        long alerts) {

    static final String COLUMNS = """
        policy_exception.*,
        (SELECT count(*) FROM alert WHERE alert.exception_id = policy_exception.exception_id) AS alerts\
        """;

    static ExceptionView of(Row row, Instant now) throws SQLException {
        String derived = row.textOrNull("derived_model_id");
        String version = row.textOrNull("derived_version");
        String base = row.textOrNull("base_model_id");
        String revokedAt = row.timeOrNull("revoked_at");
        boolean lapsed = row.number("expires_at") <= now.toEpochMilli();
        return new ExceptionView(
                row.text("exception_id"),
                ExceptionScope.of(derived, version, base).word(),
                row.textOrNull("rule"),
                derived,
                version,
                base,
                row.text("owner"),
                row.text("reason"),
                row.time("expires_at"),
                row.text("granted_by"),
                row.time("granted_at"),
                row.textOrNull("revoked_by"),
                revokedAt,
                revokedAt != null ? "revoked" : lapsed ? "lapsed" : "active",
                row.number("alerts"));
    }
}
