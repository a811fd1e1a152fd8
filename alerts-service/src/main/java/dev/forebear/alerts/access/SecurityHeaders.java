package dev.forebear.alerts.access;

import io.javalin.http.Context;
import java.net.URI;
import java.util.function.Supplier;

/**
 * What every answer tells browsers: run and show nothing but our own, show it nowhere else, tell nobody where people
 * came from, and keep nothing of the API. A page that needs another policy says so after.
 */
final class SecurityHeaders {

    private static final String POLICY = "Content-Security-Policy";
    private static final String CONTENT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private final Supplier<URI> page;

    SecurityHeaders(Supplier<URI> page) {
        this.page = page;
    }

    void set(Context context) {
        context.header(POLICY, CONTENT);
        context.header("X-Content-Type-Options", "nosniff");
        // A form of ours must still say where it is from.
        context.header("Referrer-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        if ("https".equals(page.get().getScheme())) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
        if (context.path().startsWith("/api/") || context.path().startsWith("/sign-")) {
            context.header("Cache-Control", "no-store");
        }
    }

    /** Lets a form of this answer lead on to another address. */
    static void allowForm(Context context, URI address) {
        context.header(POLICY, CONTENT + " " + address.getScheme() + "://" + address.getRawAuthority());
    }
}
