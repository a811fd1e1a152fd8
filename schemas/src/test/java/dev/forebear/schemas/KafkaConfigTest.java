package dev.forebear.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConfigTest {

    @Test
    void givesEveryClientItsOwnProperties() {
        KafkaConfig config = new KafkaConfig("a:1,b:2", "", Map.of("security.protocol", "SSL"));

        config.clientProperties().put("client.id", "x");

        assertThat(config.clientProperties())
                .containsExactlyInAnyOrderEntriesOf(Map.of("bootstrap.servers", "a:1,b:2", "security.protocol", "SSL"));
    }

    @Test
    void neverShowsValuesOfProperties() {
        assertThat(new KafkaConfig("a:1", "", Map.of("sasl.jaas.config", "password=hunter2")))
                .hasToString("KafkaConfig[a:1, prefix '', properties [sasl.jaas.config]]");
    }

    @Test
    void refusesNoServers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KafkaConfig.of(" "))
                .withMessage("Kafka: expected bootstrap servers, found none");
    }
}
