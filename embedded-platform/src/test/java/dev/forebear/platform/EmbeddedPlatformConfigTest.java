package dev.forebear.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmbeddedPlatformConfigTest {

    @Test
    void refusesPortsThatDoNotExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddedPlatformConfig(Path.of("data"), 9092, 65_536, 9000, "key", "secret"))
                .withMessage("schema registry: expected a port from 0 to 65535, found 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddedPlatformConfig(Path.of("data"), -1, 0, 0, "key", "secret"));
    }

    @Test
    void refusesAnOpenObjectStore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddedPlatformConfig(Path.of("data"), 0, 0, 0, "key", ""));
    }

    @Test
    void neverShowsTheSecretKey() {
        assertThat(new EmbeddedPlatformConfig(Path.of("data"), 9092, 8081, 9000, "key", "hunter2"))
                .hasToString("EmbeddedPlatformConfig[data, Kafka 9092, schema registry 8081, S3 9000 as key]");
    }
}
