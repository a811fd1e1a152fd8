package dev.forebear.worker;

import static dev.forebear.worker.PartitionIntake.Next.CONTINUE;
import static dev.forebear.worker.PartitionIntake.Next.SEEK;
import static dev.forebear.worker.PartitionIntake.Next.SEEK_AND_PAUSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.Lane;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionIntakeTest {

    private final PartitionIntake intake = new PartitionIntake(100);

    @Test
    void takesInRecordsInOrderWhileThereIsPlace() {
        assertThat(intake.consider(100, Lane.INTERACTIVE, () -> true)).isEqualTo(CONTINUE);
        assertThat(intake.consider(101, Lane.BULK, () -> true)).isEqualTo(CONTINUE);
        assertThat(intake.position()).isEqualTo(102);
        assertThat(intake.committable()).isEqualTo(100);
        intake.finish(100);
        intake.finish(101);
        assertThat(intake.committable()).isEqualTo(102);
    }

    @Test
    void pausesAtAnInteractiveRecordWithoutPlace() {
        assertThat(intake.consider(100, Lane.INTERACTIVE, () -> false)).isEqualTo(SEEK_AND_PAUSE);
        assertThat(intake.position()).isEqualTo(100);
        assertThat(intake.committable()).isEqualTo(100);
    }

    @Test
    void readsOnPastBulkRecordsWithoutPlaceAndComesBackForThem() {
        intake.consider(100, Lane.BULK, () -> false);
        intake.consider(101, Lane.INTERACTIVE, () -> true);
        intake.consider(102, Lane.BULK, () -> true);
        intake.finish(101);
        assertThat(intake.committable()).isEqualTo(100);

        assertThat(intake.goBack()).isTrue();
        assertThat(intake.position()).isEqualTo(100);
        assertThat(intake.consider(100, Lane.BULK, () -> true)).isEqualTo(CONTINUE);
        assertThat(intake.consider(101, Lane.INTERACTIVE, () -> fail())).isEqualTo(CONTINUE);
        assertThat(intake.consider(102, Lane.BULK, () -> false)).isEqualTo(SEEK);
        assertThat(intake.position()).isEqualTo(103);
        intake.finish(100);
        assertThat(intake.committable()).isEqualTo(102);
    }

    @Test
    void isInStepAgainWhenNothingIsLeftOut() {
        intake.consider(100, Lane.BULK, () -> false);
        intake.goBack();
        intake.consider(100, Lane.BULK, () -> true);
        assertThat(intake.goBack()).isFalse();
        assertThat(intake.consider(101, Lane.BULK, () -> true)).isEqualTo(CONTINUE);
        intake.finish(100);
        assertThat(intake.committable()).isEqualTo(101);
    }

    @Test
    void isInStepAgainWhenTheRecordsLeftOutAreNoLongerThere() {
        intake.consider(100, Lane.BULK, () -> false);
        intake.goBack();
        intake.consider(101, Lane.INTERACTIVE, () -> true);
        intake.finish(101);
        assertThat(intake.committable()).isEqualTo(102);
    }

    /** Whatever has place when: every record is taken in exactly once, and none is committed before it is finished. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void takesInEveryRecordExactlyOnce(long seed) {
        var random = new Random(seed);
        List<Lane> log = IntStream.range(0, 500)
                .mapToObj(i -> random.nextInt(4) > 0 ? Lane.BULK : Lane.INTERACTIVE)
                .toList();
        var simulated = new PartitionIntake(0);
        var running = new ArrayList<Long>();
        Set<Long> takenIn = new HashSet<>();
        long position = 0;
        while (simulated.committable() < log.size()) {
            if (position < log.size()) {
                long offset = position;
                var next = simulated.consider(offset, log.get((int) offset), () -> {
                    boolean place = random.nextInt(3) > 0;
                    if (place) {
                        assertThat(takenIn.add(offset)).isTrue();
                        running.add(offset);
                    }
                    return place;
                });
                position = next == CONTINUE ? position + 1 : simulated.position();
            }
            if (!running.isEmpty() && random.nextBoolean()) {
                simulated.finish(running.remove(random.nextInt(running.size())));
            }
            if (random.nextInt(20) == 0 && simulated.goBack()) {
                position = simulated.position();
            }
            assertThat(running).allMatch(offset -> offset >= simulated.committable());
        }
        assertThat(takenIn).hasSize(log.size());
    }

    private static boolean fail() {
        throw new AssertionError("an interactive record was taken in twice");
    }
}
