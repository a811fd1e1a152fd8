package dev.forebear.alerts.access;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out what pages of others make a browser send: a request that changes something must come from our own page, as
 * the browser says by {@code Sec-Fetch-Site} or {@code Origin}, and bring JSON, which a form cannot.
 */
final class CrossSite {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final Supplier<URI> page;
    private final Refusals refusals;

    /** @param page address of the page as people reach it */
    CrossSite(Supplier<URI> page, Refusals refusals) {
        this.page = page;
        this.refusals = refusals;
    }

    /**
     * Checks a request of somebody whom the browser says we know.
     *
     * @throws io.javalin.http.HttpResponseException 403 when another page sent it, 415 when it brings no JSON
     */
    void check(Context context, @Nullable Caller caller) {
        if (READING.contains(context.method().name())) {
            return;
        }
        requireOurs(context, caller);
        if (hasBody(context) && !isJson(context.contentType())) {
            throw refusals.unsupported(context, caller, "expected Content-Type application/json");
        }
    }

    /**
     * Checks where a request comes from.
     *
     * @throws io.javalin.http.ForbiddenResponse when that is not our own page
     */
    void requireOurs(Context context, @Nullable Caller caller) {
        String site = context.header("Sec-Fetch-Site");
        boolean ours = site == null ? isOurOrigin(context) : OURS.contains(site);
        if (!ours) {
            throw refusals.forbidden(context, caller, "the request comes from another site");
        }
    }

    private static boolean hasBody(Context context) {
        return context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
    }

    // Browsers that say no Sec-Fetch-Site, as over plain HTTP, send the origin with every POST. No page can choose the
    // host that its browser says.
    private boolean isOurOrigin(Context context) {
        String origin = context.header("Origin");
        if (origin == null) {
            return false;
        }
        String host = context.header("Host");
        return origin.equals(origin(page.get())) || origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}
