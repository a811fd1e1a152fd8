package dev.forebear.worker;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Declarations;
import dev.forebear.checkpoint.storage.ReadProgress;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.SignatureCheck;
import dev.forebear.signals.Fingerprinter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a checkpoint and makes its fingerprint. Files are hostile: whatever they make of this code ends as an
 * {@link Analysis}, and the next checkpoint is read as if nothing had happened. Safe for use by several threads.
 */
final class Analyst {

    private static final Logger LOG = LoggerFactory.getLogger(Analyst.class);
    private static final ReadTotals NOTHING_READ = new ReadTotals(0, 0);

    private final Opening stores;
    private final Copies copies;

    /** Opens the storage at a location. */
    interface Opening {
        Storage open(String location) throws IOException;
    }

    Analyst(Opening stores, Copies copies) {
        this.stores = stores;
        this.copies = copies;
    }

    /**
     * Makes one attempt; never throws for what a store or a file holds.
     *
     * @param announced digests of the weight files as the registry told them
     * @param progress told how much has been read
     */
    Analysis analyse(String location, WeightContents announced, ReadProgress progress) {
        try (var reading = new Reading(location, null, progress)) {
            return reading.analyse(announced);
        }
    }

    /** The same of an adapter together with the model that it is put on, which is at {@code base}. */
    Analysis analyse(String location, String base, ReadProgress progress) {
        try (var reading = new Reading(location, base, progress)) {
            return reading.analyse(WeightContents.UNKNOWN);
        }
    }

    /** One attempt at one location. */
    private final class Reading implements AutoCloseable {

        private final long startNanos = System.nanoTime();
        private final String location;
        private final @Nullable String base;
        private final ReadProgress progress;
        private @Nullable String adapter;
        private @Nullable ReadTotals spent;
        private @Nullable Storage storage;
        private Declarations declarations = Declarations.NONE;
        private @Nullable SignatureCheck signature;

        Reading(String location, @Nullable String base, ReadProgress progress) {
            this.location = location;
            this.base = base;
            this.progress = progress;
        }

        Analysis analyse(WeightContents announced) {
            try {
                Storage opened = stores.open(location);
                storage = opened;
                WeightContents contents =
                        announced.files().isEmpty() ? WeightContents.listed(opened.list()) : announced;
                Optional<ModelFingerprint> original = base == null ? copies.find(contents) : Optional.empty();
                if (original.isPresent()) {
                    declarations = Declarations.besideWeights(opened);
                    signature = SignatureRecords.check(opened, announced);
                    return new Analysis.Copied(original.get(), contents, declarations, signature, elapsed());
                }
                declarations = Declarations.read(opened);
                signature = base == null ? SignatureRecords.check(opened, announced) : null;
                Fingerprint fingerprint = fingerprint(opened);
                return new Analysis.Analysed(
                        fingerprint, adapter, contents, declarations, signature, totals(), elapsed());
            } catch (CheckpointException e) {
                return notAnalysed(Cause.of(e.reason()), String.valueOf(e.getMessage()));
            } catch (IOException e) {
                return notAnalysed(Cause.UNREACHABLE, location + ": " + Wording.of(e));
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
                LOG.atError().setCause(e).addKeyValue("location", location).log("internal error in an analysis");
                return notAnalysed(
                        Cause.INTERNAL,
                        location + ": internal error (" + e.getClass().getSimpleName() + ")");
            }
        }

        private Fingerprint fingerprint(Storage opened) throws IOException {
            try (var checkpoint = checkpoint(opened)) {
                adapter = checkpoint.adapter();
                Fingerprint fingerprint = FingerprintRecords.wire(Fingerprinter.fingerprint(checkpoint, progress));
                int size = FingerprintRecords.size(fingerprint);
                if (size > FingerprintRecords.MAX_BYTES) {
                    throw new CheckpointException(
                            CheckpointException.Reason.MALFORMED,
                            location,
                            "fingerprint: expected at most " + FingerprintRecords.MAX_BYTES + " bytes, found " + size
                                    + "; a name in its files is too long");
                }
                spent = checkpoint.totals();
                return fingerprint;
            }
        }

        private Checkpoint checkpoint(Storage opened) throws IOException {
            return base == null ? Checkpoint.open(opened) : Checkpoint.open(opened, stores.open(base));
        }

        private Analysis notAnalysed(Cause cause, String message) {
            return new Analysis.NotAnalysed(
                    cause, Wording.oneLine(message), declarations, signature, totals(), elapsed());
        }

        private ReadTotals totals() {
            if (spent != null) {
                return spent;
            }
            return storage == null ? NOTHING_READ : storage.totals();
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }

        @Override
        public void close() {
            try {
                if (storage != null) {
                    storage.close();
                }
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).addKeyValue("location", location).log("could not close a storage");
            }
        }
    }
}
