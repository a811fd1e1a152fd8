package dev.forebear.alerts.access;

import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ApiToken;
import dev.forebear.schemas.wire.Role;
import dev.forebear.schemas.wire.TokenKind;
import io.javalin.http.ServiceUnavailableResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Makes and ends tokens: writes their records, and returns when they are in force here. Thread-safe. */
public final class TokenLedger implements AutoCloseable {

    private static final Duration APPLIED_WITHIN = Duration.ofSeconds(10);
    /** Well above any name that people give. */
    private static final int MAX_NAME_LENGTH = 100;

    private final AcknowledgedWriter writer;
    private final ReadBack readBack;
    private final InstantSource clock;

    /** Waits until a record has been applied to the read model; false when that takes longer than the timeout. */
    @FunctionalInterface
    public interface ReadBack {
        boolean await(String topic, int partition, long offset, Duration timeout) throws InterruptedException;
    }

    public TokenLedger(KafkaConfig kafka, SchemaRegistryClient schemas, ReadBack readBack, InstantSource clock) {
        this.writer = new AcknowledgedWriter(kafka, schemas);
        this.readBack = readBack;
        this.clock = clock;
    }

    /** For those who may write to the topics: nobody here reads the record back. */
    public static TokenLedger ofOperator(KafkaConfig kafka, SchemaRegistryClient schemas) {
        return new TokenLedger(kafka, schemas, (topic, partition, offset, timeout) -> true, InstantSource.system());
    }

    /**
     * Makes a token.
     *
     * @param name as people call it: 1 to 100 characters on one line
     * @param expiresAt when it ends; null for never
     * @param by who makes it
     * @throws IllegalArgumentException when the name is no name, or the end is in the past
     * @throws ServiceUnavailableResponse when it cannot be written, or is not in force in time
     */
    public IssuedToken issue(String name, Role role, @Nullable Instant expiresAt, String by) {
        requireName(name);
        Instant now = clock.instant();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new IllegalArgumentException("expiresAt: expected a time to come, found " + expiresAt);
        }
        TokenText text = TokenText.random();
        ApiToken token = record(text.id(), TokenKind.API, name, role, text.secret(), by, now, expiresAt);
        write(token);
        return new IssuedToken(token, text);
    }

    /** Writes down a link that lets an admin in once; one that was there before is worth nothing any more. */
    void offer(String id, String secret, Duration lifetime) {
        Instant now = clock.instant();
        write(record(
                id, TokenKind.SIGN_IN_LINK, "first sign-in", Role.ADMIN, secret, "service", now, now.plus(lifetime)));
    }

    /** Writes down that a link was used. */
    void use(ApiToken link) {
        write(ApiToken.newBuilder(link).setUsedAt(clock.instant()).build());
    }

    /** Ends a token. */
    void revoke(ApiToken token, String by) {
        write(ApiToken.newBuilder(token)
                .setRevokedBy(by)
                .setRevokedAt(clock.instant())
                .build());
    }

    private void write(ApiToken token) {
        RecordMetadata written = writer.write(Topics.API_TOKENS, token.getTokenId(), token);
        try {
            if (!readBack.await(written.topic(), written.partition(), written.offset(), APPLIED_WITHIN)) {
                throw new ServiceUnavailableResponse("the token was written and is not in force yet; look again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableResponse("the service is stopping");
        }
    }

    private static ApiToken record(
            String id,
            TokenKind kind,
            String name,
            Role role,
            String secret,
            String by,
            Instant now,
            @Nullable Instant expiresAt) {
        return ApiToken.newBuilder()
                .setTokenId(id)
                .setKind(kind)
                .setName(name)
                .setRole(role)
                .setHash(ByteBuffer.wrap(TokenText.hash(secret)))
                .setCreatedBy(by)
                .setCreatedAt(now)
                .setExpiresAt(expiresAt)
                .build();
    }

    private static void requireName(String name) {
        boolean oneLine = name.codePoints().noneMatch(c -> Character.getType(c) == Character.FORMAT || c < ' ');
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH || !oneLine) {
            throw new IllegalArgumentException(
                    "name: expected 1 to " + MAX_NAME_LENGTH + " characters on one line, found " + name.length());
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
