package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.PolicyException;
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

    /** One that was written a moment ago; how many alerts it covers is not known yet. */
    static ExceptionView of(PolicyException exception, Instant now) {
        return new ExceptionView(
                exception.getExceptionId(),
                ExceptionScope.of(
                                exception.getDerivedModelId(),
                                exception.getDerivedVersion(),
                                exception.getBaseModelId())
                        .word(),
                exception.getRule(),
                exception.getDerivedModelId(),
                exception.getDerivedVersion(),
                exception.getBaseModelId(),
                exception.getOwner(),
                exception.getReason(),
                exception.getExpiresAt().toString(),
                exception.getGrantedBy(),
                exception.getGrantedAt().toString(),
                exception.getRevokedBy(),
                Json.time(exception.getRevokedAt()),
                standing(exception.getRevokedAt() != null, exception.getExpiresAt(), now),
                0);
    }

    static ExceptionView of(Row row, Instant now) throws SQLException {
        String derived = row.textOrNull("derived_model_id");
        String version = row.textOrNull("derived_version");
        String base = row.textOrNull("base_model_id");
        String revokedAt = row.timeOrNull("revoked_at");
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
                standing(revokedAt != null, Instant.ofEpochMilli(row.number("expires_at")), now),
                row.number("alerts"));
    }

    private static String standing(boolean revoked, Instant expiresAt, Instant now) {
        if (revoked) {
            return "revoked";
        }
        return expiresAt.isAfter(now) ? "active" : "lapsed";
    }
}
