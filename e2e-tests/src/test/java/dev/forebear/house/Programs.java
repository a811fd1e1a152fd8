package dev.forebear.house;

import dev.forebear.alerts.AlertsConfig;
import dev.forebear.ingest.IngestConfig;
import dev.forebear.match.MatchConfig;
import dev.forebear.runtime.Environment;
import dev.forebear.worker.WorkerConfig;
import java.util.Map;
import java.util.function.Function;

/** The services by the names that the compose file and the documents use, and how each reads its variables. */
final class Programs {

    static final Map<String, Function<Environment, ?>> CONFIGURATIONS = Map.of(
            "ingest", IngestConfig::fromEnvironment,
            "worker", WorkerConfig::fromEnvironment,
            "matcher", MatchConfig::fromEnvironment,
            "alerts", AlertsConfig::fromEnvironment);

    private Programs() {}

    /** Reads the configuration of a service and returns what it was read from. */
    static Environment read(String service, Map<String, String> variables) {
        var environment = new Environment(variables);
        CONFIGURATIONS.get(service).apply(environment);
        return environment;
    }
}
