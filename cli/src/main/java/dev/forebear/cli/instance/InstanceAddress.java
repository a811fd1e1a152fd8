package dev.forebear.cli.instance;

import dev.forebear.runtime.Environment;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.WireConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --kafka} and {@code --schema-registry}: where the topics of a running instance are. */
public final class InstanceAddress {

    private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(10);

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Brokers of the instance; else FOREBEAR_KAFKA, else localhost:9092.")
    private @Nullable String kafka;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "Its schema registry; else FOREBEAR_SCHEMA_REGISTRY, else http://localhost:8081.")
    private @Nullable String schemaRegistry;

    /** Whether an instance was named on the command line. */
    public boolean isGiven() {
        return kafka != null || schemaRegistry != null;
    }

    /**
     * The instance, asked by somebody who waits.
     *
     * @throws dev.forebear.runtime.ConfigurationException when settings for it are wrong
     */
    public WireConfig resolve(Map<String, String> environment) {
        var variables = new HashMap<>(environment);
        if (kafka != null) {
            variables.put("FOREBEAR_KAFKA", kafka);
        }
        if (schemaRegistry != null) {
            variables.put("FOREBEAR_SCHEMA_REGISTRY", schemaRegistry);
        }
        WireConfig wire = new Environment(variables)
                .read(settings -> WireConfig.read(settings::optional, settings::secretText, settings::problem));
        return new WireConfig(impatient(wire.kafka()), wire.schemaRegistry());
    }

    /** A person is waiting: a broker that is not there is told after seconds, not minutes. */
    private static KafkaConfig impatient(KafkaConfig kafka) {
        var properties = new HashMap<>(kafka.properties());
        String millis = String.valueOf(PATIENCE_TO_CONNECT.toMillis());
        properties.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis);
        return new KafkaConfig(kafka.bootstrapServers(), kafka.topicPrefix(), properties);
    }
}
