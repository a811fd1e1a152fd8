package dev.forebear.alerts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The identity of an alert: one per derived model, rule and ancestor, whatever their versions. */
public final class AlertId {

    private static final int HEX_DIGITS = 16;

    private AlertId() {}

    /**
     * {@code al_} and the first 16 hex digits of SHA-256 over the three, separated by zero bytes.
     *
     * @param derivedModelId {@code <registry>/<name>}
     * @param baseModelId {@code <registry>/<name>}; null when the rule is not about an ancestor
     */
    public static String of(String derivedModelId, String rule, @Nullable String baseModelId) {
        String text = derivedModelId + "\0" + rule + "\0" + (baseModelId == null ? "" : baseModelId);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "al_" + HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
