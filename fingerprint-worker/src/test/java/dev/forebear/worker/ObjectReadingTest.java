package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.ReadProgress;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.S3Storage;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.signals.Fingerprint;
import dev.forebear.signals.Fingerprinter;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models in an object store, read by range even where they are small. */
class ObjectReadingTest {

    private static final String WEIGHTS = "model.safetensors";

    private static WorkerSite site;

    @BeforeAll
    static void open() {
        site = new WorkerSite(1);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"base-a, base-a", "base-a-copy, base-a", "base-a-gptq, base-a-gptq", "base-g-sft-bin, base-g-sft-bin"})
    void aFingerprintIsTheSameWhereverAndInHoweverManyShardsTheWeightsLie(String stored, String local)
            throws Exception {
        site.putZoo(stored, stored);

        assertThat(fingerprint(objects(stored)))
                .usingRecursiveComparison()
                .isEqualTo(fingerprint(new FolderStorage(WorkerSite.ZOO.resolve(local))));
    }

    @Test
    void aModelThatIsReplacedWhileItIsReadIsReadFromTheBeginning() throws Exception {
        site.putZoo("replaced", "base-a");
        var analyst = new Analyst(location -> new Replaced(objects("replaced")), Copies.NONE);

        assertThat(analyst.analyse("replaced", WeightContents.UNKNOWN, ReadProgress.UNWATCHED))
                .isInstanceOfSatisfying(Analysis.NotAnalysed.class, found -> {
                    assertThat(found.cause()).isEqualTo(Cause.CHANGED);
                    assertThat(found.message()).startsWith(WEIGHTS + ": changed while it was read");
                    assertThat(RetryPolicy.DEFAULT.delay(found.cause(), 1, Duration.ZERO, new Random(1)))
                            .isPresent();
                });
        assertThat(new Analyst(location -> objects("replaced"), Copies.NONE)
                        .analyse("replaced", WeightContents.UNKNOWN, ReadProgress.UNWATCHED))
                .isInstanceOf(Analysis.Analysed.class);
        assertThat(fingerprint(objects("replaced")).weightsDigest())
                .isEqualTo(fingerprint(new FolderStorage(WorkerSite.ZOO.resolve("base-a-cpt")))
                        .weightsDigest());
    }

    private static Storage objects(String model) {
        String[] parts = site.location(model).substring("s3://".length()).split("/", 2);
        return new S3Storage(
                Objects.requireNonNull(site.config().stores().access().s3()), parts[0], parts[1].replaceAll("/+$", ""));
    }

    private static Fingerprint fingerprint(Storage storage) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(storage)) {
            return Fingerprinter.fingerprint(checkpoint);
        }
    }

    /** Somebody uploads other weights as soon as the header of these has been read. */
    private static final class Replaced implements Storage {

        private final Storage storage;
        private boolean headerRead;

        Replaced(Storage storage) {
            this.storage = storage;
        }

        @Override
        public String location() {
            return storage.location();
        }

        @Override
        public List<StoredFile> list() throws IOException {
            return storage.list();
        }

        @Override
        public ByteSource open(String name) throws IOException {
            // It is read for what it declares first, and for the dimensions after the header of the weights.
            if (headerRead && name.equals("config.json")) {
                replace();
            }
            headerRead |= name.equals(WEIGHTS);
            return storage.open(name);
        }

        private static void replace() throws IOException {
            try {
                site.put("replaced", WEIGHTS, Files.readAllBytes(WorkerSite.ZOO.resolve("base-a-cpt/" + WEIGHTS)));
            } catch (Exception failure) {
                throw new IOException(failure);
            }
        }

        @Override
        public ReadTotals totals() {
            return storage.totals();
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
