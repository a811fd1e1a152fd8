package dev.forebear.alerts.delivery;

import dev.forebear.alerts.projection.AlertEntry;
import dev.forebear.alerts.projection.Projection;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the errands of one channel, one after the other, on a thread of its own: a channel that is down delays no other.
 * Before each attempt it asks the projection what is still owed, so that an errand may be given twice.
 */
final class Courier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

    private final Channel channel;
    private final URI page;
    private final Projection projection;
    private final Predicate<String> isOurs;
    private final DeliveryLog log;
    private final RetryPolicy retry;
    private final MeterRegistry meters;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final DelayQueue<Errand> errands = new DelayQueue<>();
    private final ReentrantLock sending = new ReentrantLock();
    private final Thread thread;
    private Instant quietUntil = Instant.EPOCH;
    private volatile boolean open = true;

    /**
     * @param page address of the dashboard
     * @param isOurs whether this process is the one that delivers the alerts of a model version
     */
    Courier(
            Channel channel,
            URI page,
            Projection projection,
            Predicate<String> isOurs,
            DeliveryLog log,
            RetryPolicy retry,
            MeterRegistry meters) {
        this.channel = channel;
        this.page = page;
        this.projection = projection;
        this.isOurs = isOurs;
        this.log = log;
        this.retry = retry;
        this.meters = meters;
        Gauge.builder("forebear.alerts.delivery.queue", errands, DelayQueue::size)
                .tag("channel", channel.name())
                .description("Deliveries that a channel still owes an answer")
                .register(meters);
        this.thread = Thread.ofVirtual().name("courier-" + channel.name()).start(this::run);
    }

    Channel channel() {
        return channel;
    }

    /** Takes the present state of an alert on; when the channel was tried before, waits as long as is left to wait. */
    void offer(AlertEntry entry) {
        AlertState state = entry.alert().getState();
        AlertEntry.Attempts before = entry.attempts(channel.name(), state);
        Instant due = before == null
                ? Instant.now()
                : before.last().getAt().plus(retry.waitAfter(before.last().getAttempt(), random));
        errands.add(new Errand(entry.alert().getAlertId(), state, due));
    }

    /** Waits for the attempt that is under way, if any. */
    void awaitQuiet(Duration patience) throws InterruptedException {
        if (sending.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            sending.unlock();
        }
    }

    private void run() {
        try {
            while (open) {
                Errand errand = errands.take();
                sleepUntil(quietUntil);
                sending.lock();
                try {
                    attempt(errand);
                } finally {
                    sending.unlock();
                }
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue("channel", channel.name()).log("courier stopped");
        }
    }

    private void attempt(Errand errand) throws InterruptedException {
        AlertEntry entry = projection.alert(errand.alertId());
        if (!open || entry == null || !isOwed(entry, errand.state())) {
            return;
        }
        AlertEntry.Attempts before = entry.attempts(channel.name(), errand.state());
        int attempt = before == null ? 1 : before.last().getAttempt() + 1;
        Answer answer = send(entry);
        Instant now = Instant.now();
        quietUntil = now.plus(channel.spacing());
        switch (answer) {
            case Answer.Accepted accepted -> record(entry, DeliveryOutcome.DELIVERED, attempt, accepted.detail(), now);
            case Answer.Refused refused -> fail(entry, attempt, refused.detail(), now);
            case Answer.Gone gone -> fail(entry, attempt, gone.detail(), now);
            case Answer.Postponed postponed ->
                postpone(errand, entry, attempt, postponed, before == null ? now : before.firstAt(), now);
        }
    }

    private boolean isOwed(AlertEntry entry, AlertState state) {
        String name = channel.name();
        boolean current =
                entry.alert().getState() == state && entry.owed().channels().contains(name);
        // Nobody needs to hear the end of what they never heard of.
        boolean makesSense = state != AlertState.RESOLVED || entry.wasTold(name, AlertState.OPEN);
        return current
                && makesSense
                && !entry.isSettled(name, state)
                && isOurs.test(entry.alert().getDerivedModelVersionId());
    }

    private Answer send(AlertEntry entry) {
        Timer.Sample sample = Timer.start(meters);
        try {
            return channel.send(OldMessage.of(channel, entry.alert(), page));
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("channel", channel.name())
                    .addKeyValue("alert", entry.alert().getAlertId())
                    .log("alert could not be told");
            return new Answer.Refused(null, "the message could not be made; the log says why");
        } finally {
            sample.stop(Timer.builder("forebear.alerts.delivery.time")
                    .tag("channel", channel.name())
                    .description("Time of one attempt to tell a channel")
                    .register(meters));
        }
    }

    private void postpone(
            Errand errand, AlertEntry entry, int attempt, Answer.Postponed postponed, Instant firstAttempt, Instant now)
            throws InterruptedException {
        Instant next = now.plus(retry.waitAfter(attempt, random));
        if (postponed.retryAfter() != null) {
            quietUntil = now.plus(postponed.retryAfter());
            next = next.isBefore(quietUntil) ? quietUntil : next;
        }
        if (!retry.allows(firstAttempt, next)) {
            fail(entry, attempt, postponed.detail(), now);
            return;
        }
        record(entry, DeliveryOutcome.RETRYING, attempt, postponed.detail(), now);
        errands.add(errand.at(next));
    }

    private void fail(AlertEntry entry, int attempt, String detail, Instant now) throws InterruptedException {
        log.giveUp(entry, "channel " + channel.name() + " was not told: " + detail, attempt);
        record(entry, DeliveryOutcome.FAILED, attempt, detail, now);
    }

    private void record(AlertEntry entry, DeliveryOutcome outcome, int attempt, @Nullable String detail, Instant at)
            throws InterruptedException {
        log.record(AlertDelivery.newBuilder()
                .setAlertId(entry.alert().getAlertId())
                .setChannel(channel.name())
                .setState(entry.alert().getState())
                .setOutcome(outcome)
                .setAttempt(attempt)
                .setDetail(detail)
                .setAt(at)
                .build());
        Counter.builder("forebear.alerts.deliveries")
                .tag("channel", channel.name())
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .description("Attempts to tell a channel")
                .register(meters)
                .increment();
        LOG.atInfo()
                .addKeyValue("alert", entry.alert().getAlertId())
                .addKeyValue("channel", channel.name())
                .addKeyValue("state", entry.alert().getState())
                .addKeyValue("outcome", outcome)
                .addKeyValue("attempt", attempt)
                .addKeyValue("detail", detail == null ? "" : detail)
                .log("delivery attempted");
    }

    private static void sleepUntil(Instant time) throws InterruptedException {
        Duration wait = Duration.between(Instant.now(), time);
        if (wait.isPositive()) {
            Thread.sleep(wait);
        }
    }

    /** Lets the attempt under way finish for a few seconds; what is left is owed by the next process. */
    @Override
    public void close() {
        open = false;
        try {
            awaitQuiet(CLOSE_PATIENCE);
            thread.interrupt();
            thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
