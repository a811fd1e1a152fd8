package dev.forebear.alerts.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;

/** Identities of messages: the same words to the same channel have the same, whoever sends them and however often. */
final class MessageId {

    private static final int HEX_DIGITS = 24;

    private MessageId() {}

    /** Of a message that tells of revisions of alerts. */
    static String telling(String channel, Collection<Pending> alerts) {
        return "ms_"
                + hash(channel
                        + alerts.stream()
                                .map(alert -> "\0" + alert.alertId() + "\0" + alert.revision())
                                .sorted()
                                .collect(Collectors.joining()));
    }

    /** Of a change to an earlier message. */
    static String changing(String channel, String reference, Collection<Pending> alerts) {
        return "up_"
                + hash(channel + "\0" + reference
                        + alerts.stream()
                                .map(alert -> "\0" + alert.alertId() + "\0" + alert.revision() + "\0" + alert.state()
                                        + "\0" + alert.since())
                                .sorted()
                                .collect(Collectors.joining()));
    }

    /** Of a test; no two are the same. */
    static String test() {
        return "te_" + UUID.randomUUID().toString().replace("-", "").substring(0, HEX_DIGITS);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
