package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.DeliveryOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts, times and logs attempts. Thread-safe. */
record DeliveryMeters(MeterRegistry registry) {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryMeters.class);

    /** Sends; what goes wrong in our own making refuses the message, for it would go wrong again. */
    Answer time(Channel channel, Message message) {
        Timer.Sample sample = Timer.start(registry);
        try {
            return channel.send(message);
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("channel", channel.name())
                    .addKeyValue("message", message.id())
                    .log("message could not be made");
            return new Answer.Refused(null, "the message could not be made; the log says why");
        } finally {
            sample.stop(Timer.builder("forebear.alerts.delivery.time")
                    .tag("channel", channel.name())
                    .description("Time of one attempt to tell a channel")
                    .register(registry));
        }
    }

    void attempted(Channel channel, Parcel parcel, DeliveryOutcome outcome, @Nullable String detail) {
        Counter.builder("forebear.alerts.deliveries")
                .tag("channel", channel.name())
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .description("Attempts to tell a channel")
                .register(registry)
                .increment();
        LOG.atInfo()
                .addKeyValue("channel", channel.name())
                .addKeyValue("message", parcel.id())
                .addKeyValue("purpose", parcel.purpose())
                .addKeyValue("alerts", parcel.tells().size())
                .addKeyValue("outcome", outcome)
                .addKeyValue("attempt", parcel.attempts() + 1)
                .addKeyValue("detail", detail == null ? "" : detail)
                .log("delivery attempted");
    }
}
