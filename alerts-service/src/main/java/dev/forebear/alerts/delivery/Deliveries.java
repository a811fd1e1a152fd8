package dev.forebear.alerts.delivery;

import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.wire.DeliveryOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the channels that this process owns what they are owed. A message is sent at most once, but for one case: when
 * a process dies, or loses the answer, between a channel's acceptance and our record of it, that message is sent again
 * under the same identity. Thread-safe.
 */
public final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration HANDOVER_PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS_AT_THE_FILE = Duration.ofSeconds(2);

    private final ChannelBook book;
    private final Links links;
    private final ReadModel model;
    private final DeliveryWriter writer;
    private final Predicate<String> ownsChannel;
    private final RetryPolicy retry;
    private final DeliveryMeters meters;
    private final Thread watch;
    private volatile List<ChannelThread> threads = List.of();
    private boolean open = true;

    private Deliveries(
            ChannelBook book,
            Links links,
            ReadModel model,
            DeliveryWriter writer,
            Predicate<String> ownsChannel,
            RetryPolicy retry,
            MeterRegistry meters) {
        this.book = book;
        this.links = links;
        this.model = model;
        this.writer = writer;
        this.ownsChannel = ownsChannel;
        this.retry = retry;
        this.meters = new DeliveryMeters(meters);
        this.watch = Thread.ofVirtual().name("channels-file").unstarted(this::watch);
    }

    /**
     * Begins to send.
     *
     * @param writer stays the caller's to close, after this
     * @param ownsChannel whether this process is the one that sends to a channel of that name; asked before every
     *     message, and true only once the read model has caught up with what the former owner wrote
     */
    public static Deliveries start(
            ChannelBook book,
            Links links,
            ReadModel model,
            DeliveryWriter writer,
            Predicate<String> ownsChannel,
            RetryPolicy retry,
            MeterRegistry meters) {
        var deliveries = new Deliveries(book, links, model, writer, ownsChannel, retry, meters);
        deliveries.open();
        model.onChange(topics -> deliveries.wake());
        deliveries.watch.start();
        return deliveries;
    }

    /** Which channels an alert is owed to, by the channels there are now. */
    public Routes routes() {
        return new Routes(book::channels);
    }

    /** The channels there are now. */
    public List<Channel> channels() {
        return book.channels();
    }

    /**
     * What became of a test message.
     *
     * @param statusCode what the channel answered as a number; null when it did not answer
     * @param detail what else it said; null for nothing
     */
    public record TestResult(
            String channel,
            DeliveryOutcome outcome,
            @Nullable Integer statusCode,
            @Nullable String detail) {}

    /** Sends a test message now; empty when there is no such channel. */
    public Optional<TestResult> test(String channel) throws InterruptedException {
        for (ChannelThread thread : threads) {
            if (thread.channel().name().equals(channel)) {
                Answer answer = thread.test();
                DeliveryOutcome outcome =
                        answer instanceof Answer.Accepted ? DeliveryOutcome.DELIVERED : DeliveryOutcome.FAILED;
                return Optional.of(new TestResult(channel, outcome, answer.status(), answer.detail()));
            }
        }
        return Optional.empty();
    }

    /** Waits for attempts under way, so that who owns their channels next knows of them. */
    public void awaitQuiet() throws InterruptedException {
        Instant latest = Instant.now().plus(HANDOVER_PATIENCE);
        for (ChannelThread thread : threads) {
            Duration left = Duration.between(Instant.now(), latest);
            thread.awaitQuiet(left.isNegative() ? Duration.ZERO : left);
        }
    }

    /** Something changed: ownership, or what is owed. */
    public void wake() {
        threads.forEach(ChannelThread::wake);
    }

    private synchronized void open() {
        if (open) {
            threads = book.channels().stream().map(this::thread).toList();
        }
    }

    private ChannelThread thread(Channel channel) {
        var ledger = new Ledger(model.queries());
        var composer = new Composer(channel, ledger, model.queries(), links);
        var messenger = new Messenger(channel, ledger, composer, writer, retry, InstantSource.system(), meters);
        return new ChannelThread(channel, messenger, ownsChannel);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS_AT_THE_FILE);
                if (book.refresh()) {
                    threads.forEach(ChannelThread::close);
                    open();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("channels are not watched any more");
        }
    }

    /** Lets attempts under way finish, and leaves what is still owed to the next start. */
    @Override
    public void close() {
        watch.interrupt();
        synchronized (this) {
            open = false;
        }
        threads.forEach(ChannelThread::close);
    }
}
