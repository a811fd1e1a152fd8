package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.ReadProgress;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalystTest {

    private static final String LOCATION = "s3://models/hostile/";

    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, OutOfMemoryError.class, IllegalStateException.class})
    void whateverAFileMakesOfTheCodeEndsAsAnInternalErrorAndTheNextModelIsRead(Class<? extends Throwable> failure)
            throws Exception {
        var closed = new AtomicInteger();
        Throwable thrown = failure.getConstructor().newInstance();
        var analyst = new Analyst(
                location -> location.equals(LOCATION)
                        ? new Failing(thrown, closed)
                        : new FolderStorage(WorkerSite.ZOO.resolve(location)),
                Copies.NONE);

        assertThat(analyst.analyse(LOCATION, WeightContents.UNKNOWN, ReadProgress.UNWATCHED))
                .isInstanceOfSatisfying(Analysis.NotAnalysed.class, found -> {
                    assertThat(found.cause()).isEqualTo(Cause.INTERNAL);
                    assertThat(found.message())
                            .isEqualTo(LOCATION + ": internal error (" + failure.getSimpleName() + ")");
                    assertThat(found.totals()).isEqualTo(new ReadTotals(7, 3));
                });
        assertThat(closed).hasPositiveValue();
        assertThat(analyst.analyse("base-a", WeightContents.UNKNOWN, ReadProgress.UNWATCHED))
                .isInstanceOf(Analysis.Analysed.class);
    }

    @Test
    void aStoreThatFailsIsUnreachable() {
        assertThat(analyse(new IOException("connection\nreset")))
                .satisfies(found -> assertThat(found.cause()).isEqualTo(Cause.UNREACHABLE))
                .satisfies(found -> assertThat(found.message()).isEqualTo(LOCATION + ": connection reset"));
    }

    @Test
    void aNameFromOutsideNeitherForgesALineNorFillsTheRecord() {
        var lie = new CheckpointException(CheckpointException.Reason.MALFORMED, "a\u2028b\u0007c", "x".repeat(100_000));
        assertThat(analyse(lie))
                .satisfies(found -> assertThat(found.cause()).isEqualTo(Cause.MALFORMED))
                .satisfies(found -> assertThat(found.message())
                        .matches("a\\P{Cntrl}b\\P{Cntrl}c: x+…")
                        .doesNotContain("\u2028")
                        .hasSizeLessThan(1_100));
    }

    @Test
    void aFileThatWouldRunCodeIsUnsafe(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("pytorch_model.bin"), "cos\nsystem\n(Vid\ntR.");
        var analyst = new Analyst(location -> new FolderStorage(folder), Copies.NONE);

        assertThat(analyst.analyse(LOCATION, WeightContents.UNKNOWN, ReadProgress.UNWATCHED))
                .isInstanceOfSatisfying(Analysis.NotAnalysed.class, found -> {
                    assertThat(found.cause()).isEqualTo(Cause.UNSAFE);
                    assertThat(found.message()).endsWith("found an unsafe file that would call os.system");
                });
    }

    private static Analysis.NotAnalysed analyse(Throwable failure) {
        var analyst = new Analyst(location -> new Failing(failure, new AtomicInteger()), Copies.NONE);
        return (Analysis.NotAnalysed) analyst.analyse(LOCATION, WeightContents.UNKNOWN, ReadProgress.UNWATCHED);
    }

    /** A storage whose files do harm. */
    private record Failing(Throwable failure, AtomicInteger closed) implements Storage {

        @Override
        public String location() {
            return LOCATION;
        }

        @Override
        public List<StoredFile> list() throws IOException {
            return fail();
        }

        @Override
        public ByteSource open(String name) throws IOException {
            return fail();
        }

        private <T> T fail() throws IOException {
            switch (failure) {
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalArgumentException(failure);
            }
        }

        @Override
        public ReadTotals totals() {
            return new ReadTotals(7, 3);
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
