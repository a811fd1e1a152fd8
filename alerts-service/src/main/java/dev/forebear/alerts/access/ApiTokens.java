package dev.forebear.alerts.access;

import dev.forebear.alerts.readmodel.Words;
import dev.forebear.schemas.wire.ApiToken;
import dev.forebear.schemas.wire.Role;
import dev.forebear.schemas.wire.TokenKind;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tokens that there are, as the read model knows them: one that is revoked is so at once. Thread-safe. */
final class ApiTokens {

    private final Jdbi queries;

    ApiTokens(Jdbi queries) {
        this.queries = queries;
    }

    Optional<ApiToken> find(String tokenId) {
        return queries.withHandle(handle -> handle.createQuery("SELECT * FROM api_token WHERE token_id = :id")
                .bind("id", tokenId)
                .map(ApiTokens::token)
                .findOne());
    }

    /** Tokens of programs, the youngest first; those that ended, too. */
    List<ApiToken> all() {
        return queries.withHandle(
                handle -> handle.createQuery("""
                    SELECT * FROM api_token WHERE kind = 'api' ORDER BY created_at DESC, token_id
                    """).map(ApiTokens::token).list());
    }

    /** Whether a token of an admin lets somebody in at that time. */
    boolean knowAdmin(Instant now) {
        return all().stream().anyMatch(token -> token.getRole() == Role.ADMIN && isGood(token, now));
    }

    /** Whether it has neither ended nor been ended, nor, as a link, been used. */
    static boolean isGood(ApiToken token, Instant now) {
        Instant end = token.getExpiresAt();
        return token.getRevokedAt() == null && token.getUsedAt() == null && (end == null || now.isBefore(end));
    }

    /** Whether the secret is the token's; takes the same time wherever the two differ. */
    static boolean matches(ApiToken token, String secret) {
        ByteBuffer hash = token.getHash().duplicate();
        byte[] expected = new byte[hash.remaining()];
        hash.get(expected);
        return MessageDigest.isEqual(expected, TokenText.hash(secret));
    }

    private static ApiToken token(ResultSet row, StatementContext context) throws SQLException {
        return ApiToken.newBuilder()
                .setTokenId(row.getString("token_id"))
                .setKind(Words.parse(TokenKind.class, row.getString("kind")))
                .setName(row.getString("name"))
                .setRole(Words.parse(Role.class, row.getString("role")))
                .setHash(ByteBuffer.wrap(row.getBytes("hash")))
                .setCreatedBy(row.getString("created_by"))
                .setCreatedAt(Instant.ofEpochMilli(row.getLong("created_at")))
                .setExpiresAt(instant(row, "expires_at"))
                .setUsedAt(instant(row, "used_at"))
                .setRevokedBy(row.getString("revoked_by"))
                .setRevokedAt(instant(row, "revoked_at"))
                .build();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
