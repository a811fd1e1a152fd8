package dev.forebear.replay;

import static dev.forebear.replay.Asking.all;
import static dev.forebear.replay.Asking.connect;
import static dev.forebear.replay.Asking.models;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forebear.replay.audit.AuditReport;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.ReplayState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays that are interrupted, or that others disturb. */
class ReplayInterruptionTest {

    @TempDir
    private Path folder;

    private static PastInstance instance;

    @BeforeAll
    static void start(@TempDir Path data) {
        instance = new PastInstance(data);
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @Test
    void givesTheSameDocumentsHoweverOftenItIsInterrupted() throws Exception {
        WireConfig undisturbed = instance.create("undisturbed.");
        WireConfig disturbed = instance.create("disturbed.");
        for (WireConfig wire : List.of(undisturbed, disturbed)) {
            for (int i = 0; i < 12; i++) {
                instance.uploaded(wire, "model-" + i, i, i % 3);
            }
        }
        documents(undisturbed, Pace.of(1), folder.resolve("undisturbed"));

        interrupt(disturbed, 4);
        interrupt(disturbed, 8);
        assertThat(status(disturbed).done()).isBetween(8L, 11L);
        documents(disturbed, Pace.of(2), folder.resolve("disturbed"));

        for (String document : List.of(AuditReport.JSON, AuditReport.PAGE, AuditReport.UPLOADS, AuditReport.FINDINGS)) {
            assertThat(folder.resolve("disturbed").resolve(document))
                    .hasSameBinaryContentAs(folder.resolve("undisturbed").resolve(document));
        }
        assertThat(instance.read(disturbed, Topics.REPLAYED_REPORTS))
                .as("no upload is answered twice")
                .hasSize(12);
        assertThat(status(disturbed).replay().getState()).isEqualTo(ReplayState.COMPLETE);
    }

    @Test
    void writesTheDocumentsOfACompleteReplayAgain() throws Exception {
        WireConfig wire = instance.create("again.");
        instance.uploaded(wire, "base", 0, 1);
        String id = documents(wire, Pace.of(1), folder.resolve("first"));

        try (Replays replays = connect(wire);
                ReplayOutcome outcome = replays.resume(id, Pace.of(1), ReplayWatch.NOBODY, replay -> {})) {
            AuditReport.write(outcome.audit(), folder.resolve("second"), Optional.empty());
        }

        assertThat(folder.resolve("second").resolve(AuditReport.JSON))
                .hasSameBinaryContentAs(folder.resolve("first").resolve(AuditReport.JSON));
        assertThat(instance.read(wire, Topics.REPLAYED_REPORTS)).hasSize(1);
    }

    @Test
    void aSecondProcessTakesOverAndTheFirstSaysSo() throws Exception {
        WireConfig wire = instance.create("twice.");
        for (int i = 0; i < 6; i++) {
            instance.uploaded(wire, "model-" + i, i, i);
        }
        ReplayWatch second = whenDone(2, () -> models(wire, all()));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> {
                    try (Replays replays = connect(wire)) {
                        replays.run(all(), new Pace(1, 2), second, replay -> {}).close();
                    }
                })
                .withMessageMatching("replay [0-9a-f]{12}: expected to be the only process, found that another one has"
                        + " taken it over; this one ends");
        assertThat(instance.read(wire, Topics.REPLAYED_REPORTS)).hasSize(6);
    }

    @Test
    void doesNotGoOnWithModelsThatAreForgotten() throws Exception {
        WireConfig wire = instance.create("forgotten.");
        for (int i = 0; i < 6; i++) {
            instance.uploaded(wire, "model-" + i, i, i);
        }
        String id = documents(wire, Pace.of(1), folder.resolve("all"));
        instance.forget(wire, Topics.MODEL_FINGERPRINTS, 1);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> {
                    try (Replays replays = connect(wire)) {
                        replays.resume(id, Pace.of(1), ReplayWatch.NOBODY, replay -> {})
                                .close();
                    }
                })
                .withMessage("replay " + id + ": expected the 6 models that it began with, found 2 of them changed or"
                        + " removed since and their former fingerprints forgotten; ask the same of today");
    }

    @Test
    void hasOutdatedUploadsFingerprintedAgainAndWaitsForThem() throws Exception {
        WireConfig wire = instance.create("refingerprint.");
        var outdated = Past.upload("outdated", 0);
        instance.announce(wire, outdated);
        instance.fingerprinted(wire, Past.outdated(outdated, 1));
        instance.uploaded(wire, "current", 1, 2);
        var worker = CompletableFuture.runAsync(() -> {
            List<ModelUploaded> uploads = List.of();
            while (uploads.size() < 3) {
                uploads = instance.read(wire, Topics.MODEL_UPLOADS);
            }
            uploads.stream()
                    .filter(upload -> upload.getEventId().startsWith("event-outdated:"))
                    .forEach(upload -> instance.fingerprinted(wire, Past.fingerprint(upload, 1)));
        });

        try (Replays replays = connect(wire)) {
            assertThat(replays.refingerprint(all(), Duration.ofMinutes(1), ReplayWatch.NOBODY))
                    .isEqualTo(1);
            ReplayCount count = replays.count(all(), Pace.of(1), ReplayWatch.NOBODY);
            assertThat(count.uploads())
                    .as("what is announced again is no new upload")
                    .isEqualTo(2);
            assertThat(count.current()).isEqualTo(2);
        }
        worker.join();
    }

    @Test
    void saysThatNoWorkerFingerprints() {
        WireConfig wire = instance.create("idle.");
        var outdated = Past.upload("outdated", 0);
        instance.announce(wire, outdated);
        instance.fingerprinted(wire, Past.outdated(outdated, 1));

        try (Replays replays = connect(wire)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> replays.refingerprint(all(), Duration.ZERO, ReplayWatch.NOBODY))
                    .withMessageContaining("found 1 of 1 uploads without an answer");
        }
    }

    private static String documents(WireConfig wire, Pace pace, Path into) throws IOException, InterruptedException {
        try (Replays replays = connect(wire);
                ReplayOutcome outcome = replays.run(all(), pace, ReplayWatch.NOBODY, replay -> {})) {
            AuditReport.write(outcome.audit(), into, Optional.empty());
            return outcome.audit().replay().getReplayId();
        }
    }

    private static ReplayStatus status(WireConfig wire) throws IOException {
        try (Replays replays = connect(wire)) {
            return replays.list().getFirst();
        }
    }

    /** Begins or goes on, until so many are done. */
    private static void interrupt(WireConfig wire, long done) {
        assertThatExceptionOfType(Interruption.class).isThrownBy(() -> {
            try (Replays replays = connect(wire)) {
                replays.run(
                        all(),
                        new Pace(1, 4),
                        whenDone(done, () -> {
                            throw new Interruption();
                        }),
                        replay -> {});
            }
        });
    }

    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private interface Step {
        void run() throws Exception;
    }

    private static ReplayWatch whenDone(long amount, Step step) {
        return (what, total) -> new ReplayWatch.Part() {
            private boolean ran;

            @Override
            public void done(long done) {
                if (what.equals("matching") && done >= amount && !ran) {
                    ran = true;
                    try {
                        step.run();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }
            }

            @Override
            public void close() {}
        };
    }
}
