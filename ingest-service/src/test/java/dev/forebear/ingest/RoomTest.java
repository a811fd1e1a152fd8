package dev.forebear.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {

    @Test
    void keepsAsMuchAsABodyNeedsUntilThereIsNoMore() {
        var room = new Room(20_000, 10_000);

        assertThat(room.keep(9_000)).isEqualTo(9_000);
        assertThat(room.keep(1)).as("a request costs something, too").isEqualTo(4_096);
        assertThat(room.keep(9_000)).isZero();
        assertThat(room.keep(5_000)).isEqualTo(5_000);
    }

    @Test
    void keepsTheMostForABodyWhoseSizeIsNotToldOrALie() {
        var room = new Room(20_000, 10_000);

        assertThat(room.keep(-1)).isEqualTo(10_000);
        assertThat(room.keep(Long.MAX_VALUE)).isEqualTo(10_000);
        assertThat(room.keep(-1)).isZero();
    }

    @Test
    void takesBackWhatWasKept() {
        var room = new Room(10_000, 10_000);
        int kept = room.keep(-1);

        room.giveBack(kept);

        assertThat(room.keep(-1)).isEqualTo(10_000);
    }
}
