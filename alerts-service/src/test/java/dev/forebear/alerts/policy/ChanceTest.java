package dev.forebear.alerts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChanceTest {

    @ParameterizedTest
    @CsvSource({
        "-300, less than 1 in 10^300",
        "-78.1, 1 in 10^78",
        "-4, 1 in 10^4",
        "-2.3, 1 in 200",
        "0, 1 in 1",
        "0.5, more than 1",
        "NaN, unknown odds"
    })
    void saysAnExpectedNumberInWords(double log10EValue, String words) {
        assertThat(Chance.words(log10EValue)).isEqualTo(words);
    }
}
