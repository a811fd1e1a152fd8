package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.ApiToken;
import java.nio.ByteBuffer;

/** Tokens in their last state. */
final class TokenTable implements TopicTables<ApiToken> {

    private final Statements sql;

    TokenTable(Statements sql) {
        this.sql = sql;
    }

    @Override
    public void put(Place place, ApiToken token) {
        ByteBuffer buffer = token.getHash().duplicate();
        byte[] hash = new byte[buffer.remaining()];
        buffer.get(hash);
        sql.run(
                """
                INSERT OR REPLACE INTO api_token (token_id, kind, name, role, hash, created_by, created_at, expires_at,
                    used_at, revoked_by, revoked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                token.getTokenId(),
                token.getKind(),
                token.getName(),
                token.getRole(),
                hash,
                token.getCreatedBy(),
                token.getCreatedAt(),
                token.getExpiresAt(),
                token.getUsedAt(),
                token.getRevokedBy(),
                token.getRevokedAt());
    }

    @Override
    public void delete(String key) {
        sql.run("DELETE FROM api_token WHERE token_id = ?", key);
    }
}
