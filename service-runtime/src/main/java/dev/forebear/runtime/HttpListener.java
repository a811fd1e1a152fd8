package dev.forebear.runtime;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP port of a service: its own routes, and {@code /health/live}, {@code /health/ready} and {@code /metrics}.
 * Handlers run on virtual threads. Clients get {@code {"error": "one line"}} and never a stack trace or a version.
 */
public final class HttpListener implements AutoCloseable {

    /** Body size that suits services whose clients only ask. */
    public static final int DEFAULT_MAX_REQUEST_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    /** A client that sends its body slower than this holds a connection for nothing. */
    private static final int MIN_REQUEST_BYTES_PER_SECOND = 100;
    /** One selector, the threads that lend themselves to it, and the one that stops the server. */
    private static final int MAX_PLATFORM_THREADS = 6;

    private static final int MIN_PLATFORM_THREADS = 2;

    private final ListenAddress address;
    private final Metrics metrics;
    private final List<HealthCheck> healthChecks;
    private final Javalin javalin;

    private HttpListener(
            ListenAddress address,
            int maxRequestBytes,
            Metrics metrics,
            List<HealthCheck> healthChecks,
            Consumer<JavalinConfig> routes) {
        this.address = address;
        this.metrics = metrics;
        this.healthChecks = List.copyOf(healthChecks);
        this.javalin = Javalin.create(config -> {
            configureServer(config, maxRequestBytes);
            configureErrors(config);
            config.routes.get("/health/live", context -> context.json(Map.of("status", "live")));
            config.routes.get("/health/ready", this::ready);
            config.routes.get("/metrics", this::scrape);
            routes.accept(config);
        });
    }

    /**
     * Opens the port and serves until closed.
     *
     * @param maxRequestBytes largest request body; a larger one is answered 413
     * @param metrics what {@code /metrics} shows; stays the caller's to close
     * @param healthChecks what {@code /health/ready} asks
     * @param routes adds the service's own routes, static files or JSON mapping
     * @throws ConfigurationException when the port cannot be opened
     */
    public static HttpListener start(
            ListenAddress address,
            int maxRequestBytes,
            Metrics metrics,
            List<HealthCheck> healthChecks,
            Consumer<JavalinConfig> routes) {
        var listener = new HttpListener(address, maxRequestBytes, metrics, healthChecks, routes);
        listener.javalin.start();
        return listener;
    }

    /** The port that was opened. */
    public int port() {
        return javalin.port();
    }

    /** The address under which a client on this machine reaches it. */
    public URI uri() {
        return new ListenAddress(address.host(), port()).loopback();
    }

    /** Lets requests under way finish for at most two seconds, then closes the port. */
    @Override
    public void close() {
        javalin.stop();
    }

    private void configureServer(JavalinConfig config, int maxRequestBytes) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = maxRequestBytes;
        config.http.defaultContentType = "text/plain; charset=utf-8";
        config.jsonMapper(new JavalinJackson());
        config.jetty.threadPool = threadPool();
        config.jetty.modifyServer(server -> {
            server.insertHandler(new GracefulHandler());
            server.setStopTimeout(STOP_TIMEOUT.toMillis());
            server.setErrorHandler((request, response, callback) -> {
                callback.succeeded();
                return true;
            });
        });
        config.jetty.addConnector(this::connector);
    }

    private Connector connector(Server server, HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setMinRequestDataRate(MIN_REQUEST_BYTES_PER_SECOND);
        // No thread of its own for accepting: the selector does it.
        var connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        try {
            // Before the server starts, which would log a failure that the exception already tells.
            connector.open();
        } catch (IOException e) {
            throw new ConfigurationException("cannot listen on " + address + ": " + rootMessage(e));
        }
        return connector;
    }

    private static QueuedThreadPool threadPool() {
        var pool = new QueuedThreadPool(MAX_PLATFORM_THREADS, MIN_PLATFORM_THREADS);
        pool.setName("http");
        pool.setReservedThreads(0);
        pool.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-request-", 0).factory()));
        return pool;
    }

    private static void configureErrors(JavalinConfig config) {
        config.routes.exception(HttpResponseException.class, (e, context) -> {
            context.status(e.getStatus());
            context.json(Map.of("error", String.valueOf(e.getMessage())));
        });
        // Who goes away in the middle of a request gets no answer, and is no failure of this process.
        config.routes.exception(EofException.class, (e, context) -> {
            LOG.atDebug()
                    .addKeyValue("method", context.method())
                    .addKeyValue("path", context.path())
                    .log("the client went away");
            context.status(400);
        });
        config.routes.exception(Exception.class, (e, context) -> {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("method", context.method())
                    .addKeyValue("path", route(context))
                    .log("request failed");
            context.status(500);
            context.json(Map.of("error", "internal error"));
        });
    }

    /** The route as it was declared: the path itself may hold a secret. */
    private static String route(Context context) {
        Endpoint matched = context.endpoints().matchedHttpEndpoint();
        return matched == null ? "unknown" : matched.path;
    }

    private void ready(Context context) {
        Map<String, String> checks = new LinkedHashMap<>();
        boolean ready = true;
        for (HealthCheck check : healthChecks) {
            var problem = check.problem().get();
            ready &= problem.isEmpty();
            checks.put(check.name(), problem.orElse("ok"));
        }
        context.status(ready ? 200 : 503);
        context.json(Map.of("status", ready ? "ready" : "not ready", "checks", checks));
    }

    private void scrape(Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
