package dev.forebear.alerts.delivery;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.EmailPreference;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ends the mail of a channel to one of its recipients: {@code GET} asks, for programs that follow every link in a mail;
 * {@code POST} does it, as mail programs do with one click (RFC 8058). The link is the proof.
 */
final class Unsubscriptions {

    private final ChannelBook book;
    private final @Nullable UnsubscribeKey key;
    private final DeliveryWriter writer;
    private final InstantSource clock;

    Unsubscriptions(ChannelBook book, @Nullable UnsubscribeKey key, DeliveryWriter writer, InstantSource clock) {
        this.book = book;
        this.key = key;
        this.writer = writer;
        this.clock = clock;
    }

    private record Subscription(Email channel, MailAddress address) {}

    void ask(Context context) {
        Subscription subscription = subscription(context.pathParam("token"));
        page(context, "No more mail?", """
            <p>Forebear will send no more mail of the channel <b>%s</b> to you.</p>
            <form method="post"><button>Unsubscribe</button></form>
            """.formatted(subscription.channel.name()));
    }

    void unsubscribe(Context context) {
        Subscription subscription = subscription(context.pathParam("token"));
        try {
            write(subscription);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableResponse("the service is stopping; try again later");
        }
        page(
                context,
                "Unsubscribed",
                "<p>There will be no more mail of the channel <b>%s</b> to you.</p>"
                        .formatted(subscription.channel.name()));
    }

    private Subscription subscription(String token) {
        return find(token)
                .orElseThrow(() -> new NotFoundResponse("the link is not valid any more, or you get no mail already"));
    }

    private Optional<Subscription> find(String token) {
        UnsubscribeKey checked = key;
        if (checked == null) {
            return Optional.empty();
        }
        for (Channel channel : book.channels()) {
            if (channel instanceof Email email) {
                for (MailAddress address : email.to()) {
                    if (checked.matches(token, email.name(), address)) {
                        return Optional.of(new Subscription(email, address));
                    }
                }
            }
        }
        return Optional.empty();
    }

    // The trail says that it was done, not by whom: an address is nobody's business but the channel's.
    private void write(Subscription subscription) throws InterruptedException {
        Instant now = clock.instant();
        String name = subscription.channel.name();
        writer.write(
                Topics.AUDIT_ENTRIES,
                name,
                AuditEntry.newBuilder()
                        .setEntryId(UUID.randomUUID().toString())
                        .setAuthor("a recipient of " + name)
                        .setAction("email.unsubscribed")
                        .setSubject(name)
                        .setVia("email")
                        .setAt(now)
                        .build());
        String address = subscription.address.plain();
        writer.write(Topics.EMAIL_PREFERENCES, name + " " + address, new EmailPreference(name, address, false, now));
    }

    private static void page(Context context, String title, String body) {
        context.header("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'");
        context.header("Referrer-Policy", "no-referrer");
        context.header("X-Robots-Tag", "noindex");
        context.contentType("text/html; charset=utf-8").result("""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark"><title>%s</title></head>
            <body><h1>%s</h1>
            %s</body></html>
            """.formatted(title, title, body));
    }
}
