package dev.forebear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @Test
    void parsesWhatItPrints() {
        assertThat(ListenAddress.parse("localhost:8090")).hasToString("localhost:8090");
        assertThat(ListenAddress.parse("[::1]:0"))
                .isEqualTo(new ListenAddress("::1", 0))
                .hasToString("[::1]:0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", ":8090", "localhost:", "localhost:http", "localhost:65536", "localhost:-1"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
