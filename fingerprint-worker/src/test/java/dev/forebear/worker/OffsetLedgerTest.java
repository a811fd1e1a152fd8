package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetLedgerTest {

    private final OffsetLedger ledger = new OffsetLedger();

    @Test
    void everythingIsCommittableWhenNothingIsUnfinished() {
        assertThat(ledger.committable(17)).isEqualTo(17);
    }

    @Test
    void nothingBeyondTheLowestUnfinishedRecordIsCommittable() {
        LongStream.range(10, 14).forEach(ledger::begin);
        ledger.finish(11);
        ledger.finish(13);
        assertThat(ledger.committable(14)).isEqualTo(10);
        ledger.finish(10);
        assertThat(ledger.committable(14)).isEqualTo(12);
        ledger.finish(12);
        assertThat(ledger.committable(14)).isEqualTo(14);
    }

    @Test
    void gapsBetweenOffsetsDoNotHoldTheCommitBack() {
        ledger.begin(5);
        ledger.begin(9);
        ledger.finish(5);
        assertThat(ledger.committable(10)).isEqualTo(9);
    }

    @Test
    void nothingBeyondThePositionIsCommittable() {
        ledger.begin(20);
        assertThat(ledger.committable(12)).isEqualTo(12);
    }

    @Test
    void refusesToFinishWhatWasNotBegun() {
        assertThatIllegalStateException().isThrownBy(() -> ledger.finish(3)).withMessageContaining("3");
        ledger.begin(4);
        assertThatIllegalStateException().isThrownBy(() -> ledger.begin(4)).withMessageContaining("4");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inAnyOrderOfFinishingEveryUnfinishedRecordStaysBeyondTheCommit(long seed) {
        var random = new Random(seed);
        var offsets = new ArrayList<>(LongStream.range(0, 300)
                .filter(o -> random.nextInt(5) > 0)
                .boxed()
                .toList());
        long end = offsets.getLast() + 1;
        offsets.forEach(ledger::begin);
        var unfinished = new TreeSet<>(offsets);
        Collections.shuffle(offsets, random);
        for (long offset : offsets) {
            ledger.finish(offset);
            unfinished.remove(offset);
            assertThat(ledger.committable(end)).isEqualTo(unfinished.isEmpty() ? end : unfinished.first());
        }
    }
}
