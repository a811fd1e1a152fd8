package dev.forebear.alerts.delivery;

import dev.forebear.alerts.access.OpenTo;
import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.config.JavalinConfig;
import java.time.InstantSource;

/**
 * What people who were told something answer without signing in: clicks in Slack, which are signed, and the links that
 * end mail, which nobody can guess.
 */
public final class ReplyRoutes {

    private final SlackActions slack;
    private final Unsubscriptions unsubscriptions;

    public ReplyRoutes(
            ChannelBook book,
            Links links,
            ReadModel model,
            DeliveryWriter writer,
            ActionSink sink,
            InstantSource clock) {
        this.slack = new SlackActions(book, new Ledger(model.queries()), sink, clock);
        this.unsubscriptions = new Unsubscriptions(book, links.unsubscribing(), writer, clock);
    }

    public void addTo(JavalinConfig config) {
        config.routes.post("/slack/actions", slack::handle, OpenTo.EVERYBODY);
        config.routes.get("/u/{token}", unsubscriptions::ask, OpenTo.EVERYBODY);
        config.routes.post("/u/{token}", unsubscriptions::unsubscribe, OpenTo.EVERYBODY);
    }
}
