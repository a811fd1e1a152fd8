package dev.forebear.alerts.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Cookies that no script reads and no other site sends along with what changes something; where the page is reached by
 * https they travel by nothing else, and their name says so to the browser.
 */
final class Cookies {

    private static final String HOST_ONLY = "__Host-";

    private final Supplier<URI> page;

    Cookies(Supplier<URI> page) {
        this.page = page;
    }

    @Nullable
    String get(Context context, String name) {
        return context.cookie(nameFor(name));
    }

    void set(Context context, String name, String value, Duration lifetime) {
        context.cookie(cookie(name, value, (int) lifetime.toSeconds()));
    }

    void remove(Context context, String name) {
        context.cookie(cookie(name, "", 0));
    }

    private Cookie cookie(String name, String value, int seconds) {
        return new Cookie(nameFor(name), value, "/", seconds, isSecure(), true, null, SameSite.LAX);
    }

    private String nameFor(String name) {
        return isSecure() ? HOST_ONLY + name : name;
    }

    private boolean isSecure() {
        return "https".equals(page.get().getScheme());
    }
}
