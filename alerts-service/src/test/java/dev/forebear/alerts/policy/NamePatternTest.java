package dev.forebear.alerts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "quarry-ai/*, Quarry-AI/basalt-7b, true",
        "*basalt*, quarry-ai/basalt-7b, true",
        "*-7b, quarry-ai/basalt-7b, true",
        "*-7b, quarry-ai/basalt-7b-chat, false",
        "basalt-?b, basalt-7b, true",
        "basalt-?b, basalt-13b, false",
        "a.c, abc, false",
        "*, x, true",
        "a*b*c, a-b-b-c, true",
        "a*b*c, a-c-b, false"
    })
    void matchesNames(String pattern, String name, boolean matches) {
        assertThat(NamePattern.of(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void takesNoLongerThanTheProductOfBothLengths() {
        String pattern = "*a".repeat(5) + "a".repeat(200) + "b";

        assertThat(NamePattern.of(pattern).matches("a".repeat(100_000))).isFalse();
    }
}
