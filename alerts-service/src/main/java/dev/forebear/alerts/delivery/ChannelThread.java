package dev.forebear.alerts.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the messenger of one channel on a thread of its own while this process owns the channel: none delays another.
 */
final class ChannelThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelThread.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);
    /** Ownership changes without a word. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    /** Changes come many at a time, and each turn asks the read model. */
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(200);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Channel channel;
    private final Messenger messenger;
    private final Predicate<String> owns;
    private final Semaphore wake = new Semaphore(0);
    private final ReentrantLock sending = new ReentrantLock();
    private final Thread thread;
    private boolean owned;
    private volatile boolean open = true;

    /** @param owns whether this process is the one that sends to a channel */
    ChannelThread(Channel channel, Messenger messenger, Predicate<String> owns) {
        this.channel = channel;
        this.messenger = messenger;
        this.owns = owns;
        this.thread = Thread.ofVirtual().name("channel-" + channel.name()).start(this::run);
    }

    Channel channel() {
        return channel;
    }

    /** Something changed. */
    void wake() {
        wake.release();
    }

    /** Sends a test message, after the attempt under way. */
    Answer test() throws InterruptedException {
        sending.lockInterruptibly();
        try {
            return messenger.test();
        } finally {
            sending.unlock();
        }
    }

    /** Waits for the attempt that is under way, if any. */
    void awaitQuiet(Duration patience) throws InterruptedException {
        if (sending.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            sending.unlock();
        }
    }

    private void run() {
        Instant next = Instant.MIN;
        boolean isWoken = false;
        try {
            while (open) {
                Instant now = Instant.now();
                if (isWoken || !now.isBefore(next) || owned != owns.test(channel.name())) {
                    next = turn();
                }
                isWoken = sleepUntil(next, now.plus(SHORTEST_SLEEP));
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue("channel", channel.name()).log("channel stopped");
        }
    }

    private Instant turn() throws InterruptedException {
        sending.lock();
        try {
            boolean owns = open && this.owns.test(channel.name());
            if (owns && !owned) {
                messenger.takeOver();
            }
            owned = owns;
            return owns ? messenger.step() : Instant.MAX;
        } catch (RuntimeException e) {
            // The next turn begins with what is on record.
            owned = false;
            LOG.atError().setCause(e).addKeyValue("channel", channel.name()).log("channel waits");
            return Instant.now().plus(PAUSE);
        } finally {
            sending.unlock();
        }
    }

    /**
     * Sleeps for a second at most; true when something changed meanwhile.
     *
     * @param earliest not to be woken before, however much changes
     */
    private boolean sleepUntil(Instant time, Instant earliest) throws InterruptedException {
        Instant now = Instant.now();
        if (!time.isAfter(now)) {
            return false;
        }
        Instant latest = now.plus(LONGEST_SLEEP);
        Duration wait = Duration.between(now, time.isBefore(latest) ? time : latest);
        boolean isWoken = wake.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (isWoken) {
            Duration rest = Duration.between(Instant.now(), earliest);
            Thread.sleep(rest.isNegative() ? Duration.ZERO : rest);
            wake.drainPermits();
        }
        return isWoken;
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
