package dev.forebear.cli.system.demo;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.system.OneProcess;
import dev.forebear.cli.system.Ports;
import dev.forebear.cli.system.Readiness;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the zoo goes through the whole system. */
@Command(
        name = "demo",
        description = {
            "Send a zoo of small models through the whole system and tell what descends from what.",
            "Starts everything in a temporary folder, uploads 39 really trained models with known lineage and posts",
            "signed webhooks for them. Stays until Ctrl-C."
        },
        footer = {"", "Examples:", "  forebear demo", "  forebear demo --exit"})
public final class DemoCommand implements Callable<Integer> {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(5);
    private static final String INBOX_SECRET = "whsec_Zm9yZWJlYXItZGVtby1pbmJveC1zZWNyZXQtMDAwMQ==";

    private final Console console;
    private final Map<String, String> environment;

    @Option(names = "--exit", description = "End after the summary.")
    private boolean exit;

    @Option(names = "--zoo", paramLabel = "DIR", description = "The zoo (default: zoo/ of the project).")
    private @Nullable Path zoo;

    @Option(names = "--dashboard-port", paramLabel = "PORT", description = "Port of the page (default: any free).")
    private int dashboardPort;

    public DemoCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var models = ZooModel.all(zoo == null ? Path.of(System.getProperty("forebear.home", "."), "zoo") : zoo);
        var folder = Files.createTempDirectory("forebear-demo-");
        var end = new Thread(() -> TemporaryFolder.delete(folder), "end");
        Runtime.getRuntime().addShutdownHook(end);
        try (var inbox = new AlertInbox()) {
            var started = Instant.now();
            console.note("Starting Kafka, schema registry, S3, the four services and the page ...");
            var ports = new Ports(dashboardPort, 0, 0, 0, 0);
            try (var all = OneProcess.start(folder.resolve("data"), ports, settings(folder, inbox))) {
                Readiness.await(all.healthAddresses(), READY_WITHIN);
                console.note("Ready after " + seconds(started) + " s; the page is at " + all.dashboard() + "/");
                run(all, models, inbox);
                console.note("Done after " + seconds(started) + " s.");
                if (!exit) {
                    console.note("The page stays at " + all.dashboard() + "/ until Ctrl-C.");
                    new CountDownLatch(1).await();
                }
            }
        }
        return ExitCode.OK;
    }

    private void run(OneProcess all, List<ZooModel> models, AlertInbox inbox) throws IOException, InterruptedException {
        var kafka = KafkaConfig.of(all.platform().bootstrapServers());
        var registryConfig = SchemaRegistryConfig.of(all.platform().schemaRegistryUrl());
        try (var registry = new SchemaRegistryClient(registryConfig);
                var found = new Found(kafka, registry)) {
            new ZooUpload(all, console, secrets()).uploadAndAnnounce(models);
            awaitReports(found, models.size());
            var summary = new DemoSummary(
                    console, models, found.reports(), found.alerts().values());
            summary.print(all.dashboard(), inbox.received());
        }
    }

    private void awaitReports(Found found, int models) throws InterruptedException {
        var deadline = Instant.now().plus(DONE_WITHIN);
        try (var progress = console.progress("Analysing", found::reported, models)) {
            while (found.reported() < models || !found.settled()) {
                found.read();
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("expected " + models + " reports within " + DONE_WITHIN.toMinutes()
                            + " minutes, found " + found.reported());
                }
            }
        }
    }

    /** What an operator would write into the environment and into two files. */
    private Map<String, String> settings(Path folder, AlertInbox inbox) throws IOException {
        var registries = folder.resolve("registries.yaml");
        Files.writeString(
                registries,
                Arrays.stream(DemoRegistry.values())
                        .map(DemoRegistry::registration)
                        .collect(Collectors.joining("", "registries:\n", "")));
        var channels = folder.resolve("channels.yaml");
        Files.writeString(
                channels,
                "channels:\n  - name: demo-inbox\n    kind: webhook\n    url: " + inbox.address()
                        + "\n    secret: {env: FOREBEAR_DEMO_INBOX_SECRET}"
                        // Nobody watches a demonstration for minutes.
                        + "\n    group-wait: 1s\n    group-interval: 1s\n");
        var settings = new HashMap<>(environment);
        settings.putAll(secrets());
        settings.put("FOREBEAR_DEMO_INBOX_SECRET", INBOX_SECRET);
        settings.put("FOREBEAR_REGISTRIES", registries.toString());
        settings.put("FOREBEAR_CHANNELS", channels.toString());
        settings.put("FOREBEAR_ACCESS", "open");
        settings.remove("FOREBEAR_SIGN_IN");
        settings.remove("FOREBEAR_POLICY");
        return settings;
    }

    /** Secrets that sender and receiver share, by the variable that holds them. */
    private static Map<String, String> secrets() {
        return Arrays.stream(DemoRegistry.values())
                .collect(Collectors.toMap(
                        DemoRegistry::secretVariable, registry -> "demo-" + registry.alias() + "-secret-0001"));
    }

    private static String seconds(Instant since) {
        return String.format("%.1f", Duration.between(since, Instant.now()).toMillis() / 1000.0);
    }
}
