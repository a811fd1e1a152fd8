package dev.forebear.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.00 kB",
        "431104, 431 kB",
        "999600, 1.00 MB",
        "16100000000, 16.1 GB"
    })
    void bytesAreRoundedToThreeDigits(long bytes, String text) {
        assertThat(Quantities.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"12, 12", "213568, 214 thousand", "8030261248, 8.03 billion"})
    void countsAreInWords(long count, String text) {
        assertThat(Quantities.count(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 0.10", "-2.5, 0.0032", "-82.5, 10^-82", "-300, below 10^-300"})
    void chancesNeverReadSmallerThanTheyAre(double log10, String text) {
        assertThat(Quantities.chance(log10)).isEqualTo(text);
    }
}
