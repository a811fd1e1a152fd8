package dev.forebear.alerts.delivery;

import java.time.Duration;

/** A way to tell somebody about alerts. Used by one thread at a time. */
public sealed interface Channel permits Slack, Email, Webhook {

    /** Name in the channels file and in the delivery log. */
    String name();

    /** Which alerts it is told. */
    Audience audience();

    /** Shortest time between two messages. */
    Duration spacing();

    /** Tries once, within its timeouts; throws nothing for what the other side does. */
    Answer send(Notice notice);
}
