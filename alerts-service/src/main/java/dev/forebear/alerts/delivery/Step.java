package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.MessagePurpose;
import java.time.Instant;
import java.util.List;

/** What a channel does next. */
sealed interface Step {

    /** Tells of these alerts in one message. */
    record Tell(MessagePurpose purpose, List<Pending> alerts) implements Step {

        public Tell {
            alerts = List.copyOf(alerts);
        }
    }

    /** Nothing before this time, unless something changes. */
    record Wait(Instant until) implements Step {

        static final Wait FOREVER = new Wait(Instant.MAX);
    }
}
