package dev.forebear.alerts.delivery;

import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks what stands in the links that end mail: the channel, and a code of channel and address that nobody
 * else can make. The address itself is not in it.
 */
public final class UnsubscribeKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "forebear unsubscribe v1".getBytes(StandardCharsets.UTF_8);
    private static final int CODE_BYTES = 16;

    private final SecretKeySpec key;

    /** @param secret any text that is hard to guess; links are void when it changes */
    public UnsubscribeKey(Secret secret) {
        this.key = new SecretKeySpec(code(new SecretKeySpec(secret.revealBytes(), ALGORITHM), PURPOSE), ALGORITHM);
    }

    String token(String channel, MailAddress address) {
        byte[] code = code(key, (channel + "\0" + address.plain()).getBytes(StandardCharsets.UTF_8));
        return channel + "." + HexFormat.of().formatHex(Arrays.copyOf(code, CODE_BYTES));
    }

    /** Whether the token is that of this channel and address; takes the same time wherever the two differ. */
    boolean matches(String token, String channel, MailAddress address) {
        return MessageDigest.isEqual(
                token(channel, address).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] code(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
