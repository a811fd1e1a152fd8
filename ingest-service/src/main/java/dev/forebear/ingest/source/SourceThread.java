package dev.forebear.ingest.source;

import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.runtime.Metrics;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches from one source until it is ended, whatever goes wrong there. */
final class SourceThread {

    private static final Logger LOG = LoggerFactory.getLogger(SourceThread.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** For what was fetched already. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final EventSource source;
    private final Availability availability;
    private final Thread thread;
    private Duration pause = PAUSE;
    private volatile boolean open = true;

    private SourceThread(EventSource source, Metrics metrics) {
        this.source = source;
        this.availability = new Availability(source, metrics);
        // Virtual, because a long poll of one can be interrupted.
        this.thread = Thread.ofVirtual()
                .name("source-" + source.alias() + "-" + source.word())
                .unstarted(this::run);
    }

    static SourceThread start(EventSource source, Metrics metrics) {
        var started = new SourceThread(source, metrics);
        started.thread.start();
        return started;
    }

    private void run() {
        try (source) {
            while (open) {
                step();
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.atDebug().addKeyValue("alias", source.alias()).log("interrupted; what is not done is fetched again");
        }
    }

    private void step() throws InterruptedException {
        try {
            Duration wait = source.fetch();
            availability.there();
            pause = PAUSE;
            Thread.sleep(wait.compareTo(PAUSE) < 0 ? wait : PAUSE);
        } catch (NotStoredException e) {
            LOG.atWarn()
                    .addKeyValue("alias", source.alias())
                    .addKeyValue("problem", e.getMessage())
                    .log("event could not be stored; trying on");
            Thread.sleep(PAUSE);
        } catch (InterruptException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            availability.away(e);
            source.close();
            Thread.sleep(pause);
            pause = pause.compareTo(LONGEST_PAUSE.dividedBy(2)) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Lets it finish what it fetched, and fetch nothing more. */
    void end() {
        open = false;
    }

    /** Waits for its end. */
    void join() throws InterruptedException {
        if (!thread.join(PATIENCE)) {
            thread.interrupt();
            thread.join(CLOSE_TIMEOUT);
        }
    }
}
