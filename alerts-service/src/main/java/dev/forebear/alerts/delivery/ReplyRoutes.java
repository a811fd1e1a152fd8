package dev.forebear.alerts.delivery;

import dev.forebear.alerts.access.OpenTo;
import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.config.JavalinConfig;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What people who were told something answer without signing in: clicks in Slack, which are signed, and the links that
 * end mail, which nobody can guess.
 */
public final class ReplyRoutes {

    private final SlackActions slack;
    private final Unsubscriptions unsubscriptions;

    /** @param key that made the links; null when there are none */
    public ReplyRoutes(
            ChannelBook book,
            @Nullable UnsubscribeKey key,
            ReadModel model,
            DeliveryWriter writer,
            InstantSource clock) {
        this.slack = new SlackActions(book, new Ledger(model.queries()), writer, clock);
        this.unsubscriptions = new Unsubscriptions(book, key, writer, clock);
    }

    public void addTo(JavalinConfig config) {
        config.routes.post("/slack/actions", slack::handle, OpenTo.EVERYBODY);
        config.routes.get("/u/{token}", unsubscriptions::ask, OpenTo.EVERYBODY);
        config.routes.post("/u/{token}", unsubscriptions::unsubscribe, OpenTo.EVERYBODY);
    }
}
