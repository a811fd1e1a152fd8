package dev.forebear.alerts.delivery;

import dev.forebear.runtime.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A mail server.
 *
 * @param username null when the server asks for none; then so is the password
 */
record SmtpServer(
        String host,
        int port,
        Security security,
        @Nullable String username,
        @Nullable Secret password) {

    /** How the connection is protected. */
    enum Security {
        /** Plain, then upgraded; refused when the server does not offer it. */
        STARTTLS,
        /** Encrypted from the first byte. */
        TLS,
        /** Not at all. */
        NONE
    }

    SmtpServer {
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("expected 'username' and 'password' or neither, found one");
        }
    }
}
