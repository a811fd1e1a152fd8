package dev.forebear.worker;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.schemas.wire.AdapterBase;
import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.ConfirmedRelative;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.signals.relation.Ancestry;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the weights of a model against those of its relatives. A relative that cannot be read is left out and named;
 * nothing that a store or a file holds makes it throw.
 */
final class Confirmer {

    private static final Logger LOG = LoggerFactory.getLogger(Confirmer.class);

    private final Analyst.Opening stores;
    private final RetryPolicy retries;
    private final Readings readings;
    private final InstantSource clock;

    Confirmer(Analyst.Opening stores, RetryPolicy retries, Readings readings, InstantSource clock) {
        this.stores = stores;
        this.retries = retries;
        this.readings = readings;
        this.clock = clock;
    }

    Confirmation confirm(ConfirmationRequest request) throws InterruptedException {
        String id = request.getReport().getModelVersionId();
        try (var read = readings.confirmation(id, request.getRelatives().size());
                var job = new Job(request, read)) {
            return job.confirm();
        }
    }

    /** One request; owns the checkpoints that it opens. */
    private final class Job implements AutoCloseable {

        private final long startNanos = System.nanoTime();
        private final ConfirmationRequest request;
        private final WatchedRead read;
        private final List<Checkpoint> open = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Job(ConfirmationRequest request, WatchedRead read) {
            this.request = request;
            this.read = read;
        }

        Confirmation confirm() throws InterruptedException {
            List<ConfirmedRelative> found = relatives();
            return Confirmation.newBuilder()
                    .setRequest(request)
                    .setRelatives(found)
                    .setProblems(problems)
                    .setBytesRead(bytesRead())
                    .setElapsedMillis(elapsed().toMillis())
                    .setConfirmedAt(clock.instant())
                    .build();
        }

        private long bytesRead() {
            return open.stream()
                    .mapToLong(checkpoint -> checkpoint.totals().bytes())
                    .sum();
        }

        private List<ConfirmedRelative> relatives() throws InterruptedException {
            ModelWeights derived = weights(request.getLocation(), base(request.getAdapter()));
            if (derived == null) {
                return List.of();
            }
            List<LineageCandidate> readable = new ArrayList<>();
            List<ModelWeights> earlier = new ArrayList<>();
            for (LineageCandidate relative : request.getRelatives()) {
                ModelWeights weights = weights(relative.getLocation(), relative.getAdapterBase());
                if (weights != null) {
                    readable.add(relative);
                    earlier.add(weights);
                }
            }
            if (earlier.isEmpty()) {
                return List.of();
            }
            try {
                var ancestry = Ancestry.of(
                        derived,
                        earlier,
                        request.getReport().getComparedModels(),
                        count -> read.compared(count, bytesRead()));
                return ConfirmationRecords.relatives(ancestry, readable);
            } catch (IOException e) {
                problem(request.getLocation(), Wording.of(e));
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                internal(request.getLocation(), e);
            }
            return List.of();
        }

        /** Null, and a problem, when it cannot be read; waits for a store that does not answer. */
        private @Nullable ModelWeights weights(String location, @Nullable AdapterBase base)
                throws InterruptedException {
            for (int attempt = 1; ; attempt++) {
                Cause cause;
                String message;
                try {
                    Checkpoint checkpoint = base == null
                            ? Checkpoint.open(stores.open(location))
                            : Checkpoint.open(stores.open(location), stores.open(base.getLocation()));
                    open.add(checkpoint);
                    return ModelWeights.of(checkpoint);
                } catch (CheckpointException e) {
                    cause = Cause.of(e.reason());
                    message = String.valueOf(e.getMessage());
                } catch (IOException e) {
                    cause = Cause.UNREACHABLE;
                    message = location + ": " + Wording.of(e);
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    internal(location, e);
                    return null;
                }
                Optional<Duration> delay = cause == Cause.UNREACHABLE
                        ? retries.delay(cause, attempt, elapsed(), RandomGenerator.getDefault())
                        : Optional.empty();
                if (delay.isEmpty()) {
                    problems.add(Wording.oneLine(message));
                    return null;
                }
                Thread.sleep(delay.get());
            }
        }

        private static @Nullable AdapterBase base(@Nullable ModelFingerprint adapter) {
            return adapter == null || adapter.getAdapter() == null
                    ? null
                    : adapter.getAdapter().getBase();
        }

        private void internal(String location, Throwable failure) {
            LOG.atError().setCause(failure).addKeyValue("location", location).log("internal error in a confirmation");
            problem(location, "internal error (" + failure.getClass().getSimpleName() + ")");
        }

        private void problem(String location, String message) {
            problems.add(Wording.oneLine(location + ": " + message));
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }

        @Override
        public void close() {
            open.forEach(Checkpoint::close);
        }
    }
}
