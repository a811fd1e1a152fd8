package dev.forebear.alerts.access;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Environment;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in, and how.
 *
 * @param mode {@code FOREBEAR_ACCESS}: {@code sign-in} or {@code open}
 * @param signIn the file {@code FOREBEAR_SIGN_IN}: the provider that people sign in at; null for tokens and the link of
 *     the first start only
 * @param sessionKey {@code FOREBEAR_SESSION_KEY} or {@code FOREBEAR_SESSION_KEY_FILE}: signs sessions; null for a
 *     random one, so that a restart signs everybody out
 */
public record AccessConfig(
        AccessMode mode, @Nullable SignIn signIn, @Nullable Secret sessionKey) {

    /** As long as a working day. */
    static final Duration SESSION_LIFETIME = Duration.ofHours(8);

    private static final int MIN_KEY_BYTES = 32;

    public AccessConfig {
        if (sessionKey != null && bytes(sessionKey) < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "FOREBEAR_SESSION_KEY: expected at least " + MIN_KEY_BYTES + " bytes, found " + bytes(sessionKey));
        }
    }

    /** Everybody on this machine may do everything. */
    public static AccessConfig open() {
        return new AccessConfig(AccessMode.OPEN, null, null);
    }

    /** Tokens and the link of the first start. */
    public static AccessConfig tokensOnly() {
        return new AccessConfig(AccessMode.SIGN_IN, null, null);
    }

    /** Reads the variables and the file they name; problems are left in the environment. */
    public static AccessConfig fromEnvironment(Environment environment) {
        AccessMode mode = mode(environment);
        SignIn signIn = signIn(environment);
        if (signIn != null && mode == AccessMode.OPEN) {
            environment.problem("FOREBEAR_SIGN_IN: expected FOREBEAR_ACCESS sign-in with it, found open");
        }
        if (signIn != null && environment.optional("FOREBEAR_PUBLIC_URL") == null) {
            environment.problem(
                    "FOREBEAR_PUBLIC_URL: expected the address that the provider sends people back to, found none");
        }
        return new AccessConfig(mode, signIn, environment.secret("FOREBEAR_SESSION_KEY"));
    }

    /**
     * Refuses to be open to others.
     *
     * @throws IllegalArgumentException when everybody who reaches the address could do everything
     */
    public void requireSafe(ListenAddress listen) {
        if (mode == AccessMode.OPEN && !Loopback.isHost(listen.host())) {
            throw new IllegalArgumentException("FOREBEAR_ACCESS: expected sign-in where others reach the page, found"
                    + " open with FOREBEAR_LISTEN " + listen + "; open access needs 127.0.0.1 or localhost");
        }
    }

    /** How long a session lasts from its beginning, whatever is done in it. */
    Duration sessionLifetime() {
        return signIn == null ? SESSION_LIFETIME : signIn.sessionLifetime();
    }

    private static AccessMode mode(Environment environment) {
        String text = environment.text("FOREBEAR_ACCESS", "sign-in");
        return switch (text) {
            case "sign-in" -> AccessMode.SIGN_IN;
            case "open" -> AccessMode.OPEN;
            default -> {
                environment.problem("FOREBEAR_ACCESS: expected sign-in or open, found '" + text + "'");
                yield AccessMode.SIGN_IN;
            }
        };
    }

    private static @Nullable SignIn signIn(Environment environment) {
        Path file = environment.path("FOREBEAR_SIGN_IN");
        try {
            return file == null ? null : SignInFile.read(file, environment::optional);
        } catch (ConfigurationException e) {
            e.problems().forEach(environment::problem);
            return null;
        }
    }

    private static int bytes(Secret secret) {
        return secret.reveal().getBytes(StandardCharsets.UTF_8).length;
    }
}
