package dev.forebear.alerts.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.ReadInProgress;
import dev.forebear.schemas.wire.ReadPurpose;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CurrentReadsTest {

    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private final CurrentReads reads = new CurrentReads();

    @Test
    void showsHowFarEachReadHasComeTheLongestFirst() {
        reads.apply(read("b@1", ReadPurpose.FINGERPRINT, 1, 3));
        reads.apply(read("a@1", ReadPurpose.FINGERPRINT, 0, 3));
        reads.apply(read("b@1", ReadPurpose.FINGERPRINT, 1, 4));

        assertThat(reads.at(START.plusSeconds(5)))
                .containsExactly(
                        read("a@1", ReadPurpose.FINGERPRINT, 0, 3), read("b@1", ReadPurpose.FINGERPRINT, 1, 4));
    }

    @Test
    void tellsTheConfirmationOfAModelFromItsFingerprint() {
        reads.apply(read("a@1", ReadPurpose.FINGERPRINT, 0, 3));
        reads.apply(read("a@1", ReadPurpose.CONFIRMATION, 1, 3));
        reads.forget("FINGERPRINT a@1");

        assertThat(reads.at(START.plusSeconds(4))).containsExactly(read("a@1", ReadPurpose.CONFIRMATION, 1, 3));
    }

    @Test
    void leavesOutTheReadOfAWorkerThatDied() {
        reads.apply(read("dead@1", ReadPurpose.FINGERPRINT, 0, 3));

        assertThat(reads.at(START.plusSeconds(33))).hasSize(1);
        assertThat(reads.at(START.plusSeconds(34))).isEmpty();
    }

    private static ReadInProgress read(String model, ReadPurpose purpose, int startSecond, int atSecond) {
        return ReadInProgress.newBuilder()
                .setModelVersionId(model)
                .setPurpose(purpose)
                .setBytesRead(1_000L * atSecond)
                .setBytesPlanned(10_000L)
                .setStartedAt(START.plusSeconds(startSecond))
                .setAt(START.plusSeconds(atSecond))
                .build();
    }
}
