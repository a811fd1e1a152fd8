package dev.forebear.cli.system;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.Progress;
import dev.forebear.cli.console.Style;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}: everything in one process. */
@Command(
        name = "up",
        description = {
            "Run everything in this process: Kafka, schema registry, S3 endpoint, the four services and the page.",
            "Listens on this machine only. Data is kept in the folder of --data and survives a restart."
        },
        footer = {
            "",
            "Examples:",
            "  forebear up",
            "  forebear up --data /var/lib/forebear --registries registries.yaml --channels channels.yaml"
        })
public final class UpCommand implements Callable<Integer> {

    /** What is known of a hundred thousand models takes minutes to be read back. */
    private static final Duration READY_WITHIN = Duration.ofMinutes(30);

    private final Console console;
    private final Map<String, String> environment;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept (default: ./data).")
    private Path data = Path.of("data");

    @Option(names = "--registries", paramLabel = "FILE", description = "Registries that may post webhooks (YAML).")
    private @Nullable Path registries;

    @Option(names = "--policy", paramLabel = "FILE", description = "Rules that raise alerts (YAML).")
    private @Nullable Path policy;

    @Option(names = "--channels", paramLabel = "FILE", description = "Where alerts are delivered (YAML).")
    private @Nullable Path channels;

    @Option(names = "--dashboard-port", paramLabel = "PORT", description = "Page and API (default: 8080).")
    private int dashboardPort = 8080;

    @Option(names = "--webhooks-port", paramLabel = "PORT", description = "Webhooks of registries (default: 8090).")
    private int webhooksPort = 8090;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Kafka broker (default: 9092).")
    private int kafkaPort = 9092;

    @Option(names = "--schema-registry-port", paramLabel = "PORT", description = "Schema registry (default: 8081).")
    private int schemaRegistryPort = 8081;

    @Option(names = "--s3-port", paramLabel = "PORT", description = "S3 endpoint (default: 9000).")
    private int s3Port = 9000;

    public UpCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        var started = Instant.now();
        console.note("Starting Kafka, schema registry, S3 and the services ...");
        var ports = new Ports(dashboardPort, webhooksPort, kafkaPort, schemaRegistryPort, s3Port);
        try (var all = start(ports)) {
            print(all, Duration.between(started, Instant.now()));
            return untilTheEnd(all);
        }
    }

    private OneProcess start(Ports ports) throws InterruptedException {
        long began = System.nanoTime();
        // A bar without an end, so that a person sees how long it has taken.
        try (Progress waiting = console.progress(
                "Reading back what is known",
                () -> Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                () -> Progress.UNKNOWN,
                seconds -> seconds + " s")) {
            var all = OneProcess.start(data, ports, variables());
            try {
                Readiness.await(all.healthAddresses(), READY_WITHIN, all.gaveUp());
                return all;
            } catch (InterruptedException | RuntimeException e) {
                all.close();
                throw e;
            }
        }
    }

    private Map<String, String> variables() {
        var variables = new HashMap<>(environment);
        put(variables, "FOREBEAR_REGISTRIES", registries);
        put(variables, "FOREBEAR_POLICY", policy);
        put(variables, "FOREBEAR_CHANNELS", channels);
        return variables;
    }

    private static void put(Map<String, String> variables, String name, @Nullable Path file) {
        if (file != null) {
            variables.put(name, file.toString());
        }
    }

    private void print(OneProcess all, Duration time) {
        console.print(console.styled(Style.STRONG, "Forebear is ready") + " (" + time.toMillis() + " ms)");
        line("page", all.dashboard() + "/");
        all.firstSignInLink().ifPresent(link -> line("sign in", link + "  once, as admin, within a day"));
        line("webhooks", all.webhooks() + "/hooks/<alias>");
        line("Kafka", all.platform().bootstrapServers());
        line("schemas", all.platform().schemaRegistryUrl().toString());
        line(
                "S3",
                all.platform().s3Endpoint() + "  key " + OneProcess.S3_ACCESS_KEY + ", secret in "
                        + data.resolve(S3Secret.FILE) + ", bucket " + OneProcess.MODELS_BUCKET);
        line("data", data.toAbsolutePath().normalize().toString());
        if (registries == null && !environment.containsKey("FOREBEAR_REGISTRIES")) {
            console.note(
                    "Registries are read from " + data.resolve(NoRegistries.FILE) + "; docs/registries.md shows how.");
        }
        console.note("Ctrl-C ends it.");
    }

    private void line(String what, String where) {
        console.print(String.format("  %-10s %s", what, where));
    }

    /** Ends with the process, or when something in it gives up: then a supervisor had better start it anew. */
    private int untilTheEnd(OneProcess all) {
        Runtime.getRuntime().addShutdownHook(new Thread(all::close, "end"));
        console.error(all.gaveUp().join());
        return ExitCode.UNEXPECTED;
    }
}
