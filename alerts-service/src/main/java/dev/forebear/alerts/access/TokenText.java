package dev.forebear.alerts.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token as it is presented, {@code fb_<id>_<secret>}: 80 random bits that name it, and 200 that prove it. Only the
 * SHA-256 of the secret is kept: with so many random bits no slower hash is needed.
 *
 * @param id with {@code fb_} before it
 */
record TokenText(String id, String secret) {

    /** No letter that looks like a digit, all lower case: easy to copy by hand. */
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int ID_DIGITS = 16;
    private static final int SECRET_DIGITS = 40;
    private static final Pattern FORM =
            Pattern.compile("(fb_[0-9a-z]{" + ID_DIGITS + "})_([0-9a-z]{" + SECRET_DIGITS + "})");
    private static final SecureRandom RANDOM = new SecureRandom();

    static TokenText random() {
        return new TokenText("fb_" + digits(ID_DIGITS), digits(SECRET_DIGITS));
    }

    /** A secret alone, for something that is known by another name. */
    static String randomSecret() {
        return digits(SECRET_DIGITS);
    }

    /** Empty when the text is no token. */
    static Optional<TokenText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new TokenText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** SHA-256 of a secret, 32 bytes. */
    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The token as its owner presents it. */
    String reveal() {
        return id + "_" + secret;
    }

    @Override
    public String toString() {
        return id + "_***";
    }

    private static String digits(int count) {
        var text = new StringBuilder(count);
        RANDOM.ints(count, 0, DIGITS.length()).forEach(digit -> text.append(DIGITS.charAt(digit)));
        return text.toString();
    }
}
