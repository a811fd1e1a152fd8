package dev.forebear.alerts.access;

import org.jspecify.annotations.Nullable;

/** The provider did not vouch for somebody; the message says why in one line, without secrets. */
final class ProviderException extends Exception {

    private static final long serialVersionUID = 1L;

    ProviderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
