package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void keepsRequestsApartHoweverFastTheyCome() {
        var pace = new Pace(4);

        assertThat(pace.reserve(0)).isZero();
        assertThat(pace.reserve(0)).isEqualTo(SECOND / 4);
        assertThat(pace.reserve(SECOND / 4)).isEqualTo(SECOND / 4);
    }

    @Test
    void savesNothingUpForABurst() {
        var pace = new Pace(4);
        pace.reserve(0);

        assertThat(pace.reserve(100 * SECOND)).isZero();
        assertThat(pace.reserve(100 * SECOND)).isEqualTo(SECOND / 4);
    }

    @Test
    void knowsRatesOfLessThanOneInASecond() {
        var pace = new Pace(0.1);
        pace.reserve(0);

        assertThat(pace.reserve(0)).isEqualTo(10 * SECOND);
    }
}
