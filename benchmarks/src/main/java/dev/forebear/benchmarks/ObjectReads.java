package dev.forebear.benchmarks;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.plan.ReadBudget;
import dev.forebear.checkpoint.plan.ReadPlan;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.ReadProgress;
import dev.forebear.checkpoint.storage.S3Access;
import dev.forebear.checkpoint.storage.S3Access.SecretKey;
import dev.forebear.checkpoint.storage.S3Storage;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.platform.EmbeddedS3;
import dev.forebear.signals.Fingerprinter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * How fast a model of 7 billion parameters is fingerprinted from an S3 server on this machine, beside a plain download
 * of the same ranges with as many requests at a time.
 */
final class ObjectReads implements AutoCloseable {

    private static final String BUCKET = "models";
    private static final String MODEL = "llama-7b";
    private static final String KEY = "benchmark";
    private static final String SECRET = "benchmark-secret";

    private final EmbeddedS3 server;
    private final List<RecordedModel.Range> ranges;

    private ObjectReads(EmbeddedS3 server, List<RecordedModel.Range> ranges) {
        this.server = server;
        this.ranges = ranges;
    }

    /** Makes the bytes that a fingerprint reads, and an object of true size around them. */
    static ObjectReads start() throws IOException {
        Path folder = Files.createTempDirectory("forebear-objects-");
        var model = new RecordedModel(
                GeneratedModel.ofSevenBillionParameters(1),
                folder.resolve(BUCKET).resolve(MODEL));
        try (var checkpoint = Checkpoint.open(model)) {
            Fingerprinter.fingerprint(checkpoint);
        }
        EmbeddedS3 server = EmbeddedS3.start(folder, 0, KEY, SECRET);
        return new ObjectReads(server, model.ranges());
    }

    double megabytes() {
        return ranges.stream().mapToLong(RecordedModel.Range::length).sum() / 1e6;
    }

    /** Megabytes a second of a fingerprint, opening and computing included. */
    double fingerprint() throws IOException {
        long start = System.nanoTime();
        try (var checkpoint = Checkpoint.open(storage())) {
            Fingerprinter.fingerprint(checkpoint);
            return checkpoint.totals().bytes() / 1e6 / secondsSince(start);
        }
    }

    /** Megabytes a second of all that a fingerprint reads, in the order of its signals, of which nothing is made. */
    double readPlan() throws IOException {
        try (var checkpoint = Checkpoint.open(storage())) {
            ReadPlan plan = Fingerprinter.plan(checkpoint);
            long start = System.nanoTime();
            plan.carryOut(plan.readingAlone(), ReadProgress.UNWATCHED);
            return plan.bytes() / 1e6 / secondsSince(start);
        }
    }

    /** Megabytes a second of the same ranges, whose bytes are thrown away. */
    double download() throws Exception {
        long start = System.nanoTime();
        try (Storage storage = storage();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ByteSource weights = storage.open("model.safetensors");
            var atATime = new Semaphore(ReadBudget.DEFAULT.requests());
            var reads = new ArrayList<Future<?>>();
            for (RecordedModel.Range range : ranges) {
                if (range.file().equals(weights.name())) {
                    reads.add(threads.submit(() -> read(weights, range, atATime)));
                }
            }
            for (Future<?> read : reads) {
                read.get();
            }
            return storage.totals().bytes() / 1e6 / secondsSince(start);
        }
    }

    private static int read(ByteSource weights, RecordedModel.Range range, Semaphore atATime) throws Exception {
        atATime.acquire();
        try {
            var bytes = ByteBuffer.allocate(range.length());
            weights.read(range.offset(), bytes);
            return range.length();
        } finally {
            atATime.release();
        }
    }

    private Storage storage() {
        return new S3Storage(
                new S3Access(server.endpoint(), KEY, new SecretKey(SECRET), S3Access.DEFAULT_REGION), BUCKET, MODEL);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        server.close();
    }
}
