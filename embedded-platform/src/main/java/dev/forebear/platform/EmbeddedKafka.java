package dev.forebear.platform;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka broker that is its own controller, on loopback, with its log in a folder. Needs no ZooKeeper, no peers. */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

    /** A free port may be taken before the broker binds it. */
    private static final int ATTEMPTS = 3;

    private final KafkaRaftServer server;
    private final int port;
    private final CompletableFuture<String> gaveUp;

    private EmbeddedKafka(KafkaRaftServer server, int port, CompletableFuture<String> gaveUp) {
        this.server = server;
        this.port = port;
        this.gaveUp = gaveUp;
    }

    /**
     * Starts a broker and returns when it takes requests.
     *
     * @param folder of its log; made and formatted when missing
     * @param port 0 for any free port
     * @throws PlatformException when the port is taken or the folder is no log
     */
    public static EmbeddedKafka start(Path folder, int port) {
        CompletableFuture<String> gaveUp = stayAlive();
        format(folder);
        if (port != 0) {
            Loopback.requireFree("Kafka", port);
            return startOnce(folder, port, gaveUp);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(folder, Loopback.freePort(), gaveUp);
            } catch (PlatformException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return Loopback.HOST + ":" + port;
    }

    /** Completes with the reason if the broker ever gives up. */
    public CompletionStage<String> gaveUp() {
        return gaveUp;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static EmbeddedKafka startOnce(Path folder, int port, CompletableFuture<String> gaveUp) {
        Properties properties = BrokerProperties.of(folder.toAbsolutePath(), port, Loopback.freePort());
        KafkaRaftServer server = null;
        try {
            server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, port, gaveUp);
        } catch (Exception | KafkaEnded e) {
            if (server != null) {
                server.shutdown();
            }
            throw new PlatformException(
                    "Kafka: expected to start on " + Loopback.HOST + ":" + port + " with " + folder + ", found "
                            + e.getMessage(),
                    e);
        }
    }

    private static void format(Path folder) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8)) {
            Files.createDirectories(folder);
            String path = folder.toAbsolutePath().toString();
            new Formatter()
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(path))
                    .setMetadataLogDirectory(path)
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .setPrintStream(out)
                    .run();
        } catch (Exception e) {
            throw new PlatformException("Kafka: cannot make a log in " + folder + ": " + e.getMessage(), e);
        }
        LOG.atDebug()
                .addKeyValue("folder", folder)
                .log(told.toString(StandardCharsets.UTF_8).strip());
    }

    /**
     * Kafka ends the JVM when it cannot go on. It is not alone in this one: only its own thread may end, and the rest
     * is told. With several brokers in one JVM the last one started is told for all.
     */
    private static CompletableFuture<String> stayAlive() {
        CompletableFuture<String> gaveUp = new CompletableFuture<>();
        Exit.Procedure refusal = (status, message) -> {
            String reason = "the broker gave up with status " + status + (message == null ? "" : ": " + message);
            LOG.atError().addKeyValue("reason", reason).log("Kafka broker gave up");
            gaveUp.complete(reason);
            throw new KafkaEnded(reason);
        };
        Exit.setExitProcedure(refusal);
        Exit.setHaltProcedure(refusal);
        return gaveUp;
    }

    /** Ends the thread that wanted to end the JVM. */
    private static final class KafkaEnded extends Error {

        private static final long serialVersionUID = 1L;

        KafkaEnded(String message) {
            super(message);
        }
    }
}
