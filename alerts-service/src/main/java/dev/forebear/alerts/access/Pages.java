package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.Role;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The pages that people see who are not let in yet: plain HTML that needs no script. Every text is escaped where it is
 * put in.
 */
final class Pages {

    private static final String DASHBOARD = "/dev/forebear/alerts/page/";

    private final String frame = text("sign-in.html");
    private final String style =
            text(DASHBOARD + "css/palette.css") + text(DASHBOARD + "css/ground.css") + text("sign-in.css");
    private final String icon = text(DASHBOARD + "icon.svg");

    void style(Context context) {
        context.contentType("text/css; charset=utf-8").result(style);
    }

    void icon(Context context) {
        context.contentType("image/svg+xml").result(icon);
    }

    /** Where people choose how to come in. */
    void signIn(Context context, @Nullable String provider, String to) {
        String others = "<p class=\"soft\">Programs use an API token: <code>Authorization: Bearer fb_…</code></p>";
        String way = provider == null
                ? "<p>Open the link that Forebear printed when it started. It lets one admin in, once; an admin can"
                        + " make tokens for others. A restart prints another.</p>"
                : "<p><a class=\"button\" href=\"/sign-in/start?to=%s\">Sign in with %s</a></p>"
                        .formatted(URLEncoder.encode(to, StandardCharsets.UTF_8), escaped(provider));
        show(context, 200, "Sign in", way + others);
    }

    /** The link of the first start, which only a press of the button uses up: previews of links open them, too. */
    void link(Context context) {
        show(
                context,
                200,
                "Sign in as admin",
                "<p>This link lets you in once, as an admin.</p>"
                        + "<form method=\"post\"><button class=\"button\">Sign in</button></form>");
    }

    void linkGone(Context context) {
        show(
                context,
                410,
                "This link is not good any more",
                "<p>It was used, is older than a day, or a later start of Forebear printed another. Look for the last"
                        + " one, or start Forebear again.</p>" + toSignIn());
    }

    /** Somebody whom the provider knows and who has no role here. */
    void notAllowed(Context context, String name, @Nullable String contact) {
        String whom = contact == null ? "Whoever looks after Forebear in your organisation" : escaped(contact);
        show(
                context,
                403,
                "You are not let in",
                "<p>You are signed in as <strong>%s</strong>, and none of your groups has a role here. %s can change that.</p>"
                                .formatted(escaped(name), whom)
                        + toSignIn());
    }

    void failed(Context context) {
        show(
                context,
                400,
                "Signing in did not work",
                "<p>The answer of the provider did not fit, or came too late. Please try again; when it goes on, the"
                        + " log of Forebear says why.</p>" + toSignIn());
    }

    void providerAway(Context context) {
        show(
                context,
                502,
                "The provider does not answer",
                "<p>Nobody can sign in while the identity provider cannot be reached. Please try again later; the log"
                        + " of Forebear says more.</p>" + toSignIn());
    }

    void signOut(Context context, String name, Role role) {
        show(
                context,
                200,
                "Sign out",
                "<p>You are signed in as <strong>%s</strong>, %s.</p>"
                                .formatted(escaped(name), role.name().toLowerCase(Locale.ROOT))
                        + "<form method=\"post\" action=\"/sign-out\"><button class=\"button\">Sign out</button></form>"
                        + "<p><a href=\"/\">Back</a></p>");
    }

    private void show(Context context, int status, String title, String content) {
        context.status(status)
                .contentType("text/html; charset=utf-8")
                .result(frame.replace("{title}", title).replace("{content}", content));
    }

    private static String toSignIn() {
        return "<p><a href=\"/sign-in\">To the sign-in page</a></p>";
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static String text(String resource) {
        try (var in = Pages.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
