package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import dev.forebear.schemas.wire.AlertState;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns clicks on buttons of messages in Slack into actions on the alerts that the message tells of. Slack waits three
 * seconds for an answer, so the actions are written afterwards; the message shows when they took effect.
 */
final class SlackActions {

    static final String ACKNOWLEDGE = "acknowledge";
    static final String SNOOZE = "snooze";
    /** A link; Slack tells of clicks on it all the same. */
    static final String OPEN = "open";

    private static final Logger LOG = LoggerFactory.getLogger(SlackActions.class);
    private static final Duration SNOOZE_TIME = Duration.ofDays(7);
    private static final Set<String> ACTIONS = Set.of(ACKNOWLEDGE, SNOOZE);

    private final ChannelBook book;
    private final Ledger ledger;
    private final DeliveryWriter writer;
    private final InstantSource clock;

    SlackActions(ChannelBook book, Ledger ledger, DeliveryWriter writer, InstantSource clock) {
        this.book = book;
        this.ledger = ledger;
        this.writer = writer;
        this.clock = clock;
    }

    /** {@code POST /slack/actions}. */
    void handle(Context context) {
        byte[] body = context.bodyAsBytes();
        List<SlackBot> senders = senders(context, body);
        if (senders.isEmpty()) {
            LOG.atWarn().log("click refused: no channel's signing secret signed it within five minutes");
            throw new UnauthorizedResponse("expected a request that Slack signed within the last five minutes");
        }
        JsonNode payload = payload(body);
        for (JsonNode action : payload.path("actions")) {
            String kind = action.path("action_id").asText();
            if (ACTIONS.contains(kind)) {
                String message = action.path("value").asText();
                String author = author(payload.path("user"));
                Thread.ofVirtual().name("slack-action").start(() -> act(senders, kind, message, author));
            }
        }
        context.status(200);
    }

    /** Channels whose secret signed the request: an app may serve several. */
    private List<SlackBot> senders(Context context, byte[] body) {
        String timestamp = context.header("X-Slack-Request-Timestamp");
        String signature = context.header("X-Slack-Signature");
        Instant now = clock.instant();
        return book.channels().stream()
                .flatMap(channel -> channel instanceof SlackBot bot ? Stream.of(bot) : Stream.empty())
                .filter(bot -> bot.signingSecret() != null
                        && SlackSignature.isValid(bot.signingSecret(), timestamp, signature, body, now))
                .toList();
    }

    private static JsonNode payload(byte[] body) {
        String form = new String(body, StandardCharsets.UTF_8);
        String value = Stream.of(form.split("&"))
                .filter(field -> field.startsWith("payload="))
                .map(field -> field.substring("payload=".length()))
                .findFirst()
                .orElse("");
        try {
            return Json.read(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Json.read("");
        }
    }

    /** For example "ana (U012AB3CD)". */
    private static String author(JsonNode user) {
        String id = Notice.name(user.path("id").asText("unknown"));
        String name = user.path("username").asText(user.path("name").asText(""));
        return name.isEmpty() ? id : Notice.name(name) + " (" + id + ")";
    }

    private void act(List<SlackBot> senders, String kind, String messageId, String author) {
        try {
            for (SlackBot bot : senders) {
                List<AlertAction> actions = actions(bot.name(), kind, messageId, author);
                writer.act(actions);
                LOG.atInfo()
                        .addKeyValue("channel", bot.name())
                        .addKeyValue("message", messageId)
                        .addKeyValue("action", kind)
                        .addKeyValue("alerts", actions.size())
                        .log("click");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("message", messageId).log("click was lost");
        }
    }

    private List<AlertAction> actions(String channel, String kind, String messageId, String author) {
        Optional<String> reference = ledger.reference(channel, messageId);
        List<Pending> told = reference.isPresent() ? ledger.told(channel, reference.get()) : List.of();
        Instant now = clock.instant();
        boolean snooze = SNOOZE.equals(kind);
        return told.stream()
                .filter(alert -> alert.state() == AlertState.OPEN)
                .map(alert -> action(
                        alert.alertId(),
                        snooze ? AlertActionKind.SNOOZE : AlertActionKind.ACKNOWLEDGE,
                        author,
                        snooze ? now.plus(SNOOZE_TIME) : null,
                        now))
                .toList();
    }

    private static AlertAction action(
            String alertId, AlertActionKind kind, String author, @Nullable Instant until, Instant now) {
        return AlertAction.newBuilder()
                .setAlertId(alertId)
                .setKind(kind)
                .setAuthor(author)
                .setUntil(until)
                .setAt(now)
                .setActionId(UUID.randomUUID().toString())
                .setVia("slack")
                .build();
    }
}
