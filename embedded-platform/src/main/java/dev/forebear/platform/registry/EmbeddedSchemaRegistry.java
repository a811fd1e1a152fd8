package dev.forebear.platform.registry;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A schema registry on loopback with the Confluent REST API, for Avro without references. Keeps its schemas in the
 * compacted topic {@code _schemas}.
 */
public final class EmbeddedSchemaRegistry implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private static final int MAX_REQUEST_BYTES = 2 << 20;

    private static final int MAX_PLATFORM_THREADS = 6;

    private static final int MIN_PLATFORM_THREADS = 2;

    private final Javalin server;
    private final SchemaLog log;

    private EmbeddedSchemaRegistry(Javalin server, SchemaLog log) {
        this.server = server;
        this.log = log;
    }

    /**
     * A registry that keeps its schemas on the broker, of which it must be the only one.
     *
     * @param port 0 for any free port
     */
    public static EmbeddedSchemaRegistry start(String bootstrapServers, int port) {
        return start(KafkaSchemaLog.open(bootstrapServers), port);
    }

    /** A registry that forgets everything when closed and needs no broker. */
    public static EmbeddedSchemaRegistry startInMemory(int port) {
        return start(new SchemaLog.InMemory(), port);
    }

    private static EmbeddedSchemaRegistry start(SchemaLog log, int port) {
        try {
            SchemaRegistry registry = new SchemaRegistry(log);
            Javalin server = Javalin.create(config -> {
                configure(config);
                new RegistryRoutes(registry).addTo(config.routes);
            });
            return new EmbeddedSchemaRegistry(server.start(HOST, port), log);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    public URI url() {
        return URI.create("http://" + HOST + ":" + server.port());
    }

    @Override
    public void close() {
        server.stop();
        log.close();
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = MAX_REQUEST_BYTES;
        config.jetty.threadPool = threadPool();
        // A subject may hold a slash, which clients send as %2F.
        config.jetty.modifyHttpConfiguration(http -> {
            http.setUriCompliance(UriCompliance.LEGACY);
            http.setSendServerVersion(false);
        });
    }

    private static QueuedThreadPool threadPool() {
        QueuedThreadPool pool = new QueuedThreadPool(MAX_PLATFORM_THREADS, MIN_PLATFORM_THREADS);
        pool.setName("schema-registry");
        pool.setReservedThreads(0);
        pool.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("schema-registry-request-", 0).factory()));
        return pool;
    }
}
