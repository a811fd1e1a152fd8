package dev.forebear.alerts.delivery;

import java.time.Duration;

/** A way to tell somebody about alerts. Used by one thread at a time. */
public sealed interface Channel permits SlackWebhook, SlackBot, Teams, PagerDuty, Email, Webhook {

    Terms terms();

    /** As in the file, for example {@code slack}. */
    String kind();

    /** Name in the channels file and in the delivery log. */
    default String name() {
        return terms().name();
    }

    /** Which alerts it is told. */
    default Audience audience() {
        return terms().audience();
    }

    /** Shortest time between two messages. */
    Duration spacing();

    /** Whether a message can be changed once it was sent: then it is told of what people do, too. */
    default boolean canChange() {
        return false;
    }

    /** Tries once, within its timeouts; throws nothing for what the other side does. */
    Answer send(Message message);
}
