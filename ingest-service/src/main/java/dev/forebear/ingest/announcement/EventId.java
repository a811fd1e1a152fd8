package dev.forebear.ingest.announcement;

import dev.forebear.ingest.registration.Registration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Makes idempotency keys: {@code <kind>:<alias>:<what makes the event unique there>}. */
public final class EventId {

    /** Longer ones are digested: parts come from outside and the key travels far. */
    private static final int MAX_LENGTH = 512;

    private EventId() {}

    /** The key of an event; distinct parts give distinct keys, whatever characters they hold. */
    public static String of(Registration registration, String... parts) {
        return of(registration.kind().word(), registration.alias(), parts);
    }

    /** The key of an event in the registry of a kind and an alias. */
    public static String of(String kind, String alias, String... parts) {
        String joined = Arrays.stream(parts).map(EventId::escaped).collect(Collectors.joining("|"));
        String unique = joined.length() <= MAX_LENGTH ? joined : "sha256-" + sha256(joined);
        return kind + ":" + alias + ":" + unique;
    }

    private static String escaped(String part) {
        return part.replace("%", "%25").replace("|", "%7C");
    }

    /** The same for repeated deliveries of one event, and fit for headers and logs: 32 hexadecimal digits. */
    static String correlationOf(String eventId) {
        return sha256(eventId).substring(0, 32);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
