package dev.forebear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpListenerTest {

    private static final int MAX_REQUEST_BYTES = 1000;

    private final AtomicReference<Optional<String>> brokerProblem = new AtomicReference<>(Optional.empty());
    private final ResourceStack resources = new ResourceStack();
    private final HttpClient client = resources.add(HttpClient.newHttpClient());
    private final Metrics metrics = resources.add(new Metrics("example"));
    private HttpListener listener;

    @BeforeAll
    void start() {
        listener = resources.add(HttpListener.start(
                ListenAddress.anyLoopbackPort(),
                MAX_REQUEST_BYTES,
                metrics,
                List.of(new HealthCheck("kafka", brokerProblem::get)),
                config -> {
                    config.routes.post("/echo", context -> context.result(context.bodyAsBytes()));
                    config.routes.get(
                            "/thread",
                            context -> context.result(Thread.currentThread().toString()));
                    config.routes.get("/broken", context -> {
                        throw new IllegalStateException("password is hunter2");
                    });
                }));
    }

    @AfterAll
    void stop() {
        resources.close();
    }

    @Test
    void saysItIsLive() throws Exception {
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
    }

    @Test
    void isReadyOnlyWhileEveryHealthCheckPasses() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);

        brokerProblem.set(Optional.of("no answer for 5 s"));
        try {
            var response = get("/health/ready");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("\"kafka\":\"no answer for 5 s\"");
        } finally {
            brokerProblem.set(Optional.empty());
        }
    }

    @Test
    void showsMetersOfServiceJvmAndProcessToPrometheus() throws Exception {
        metrics.registry().counter("uploads").increment();

        assertThat(get("/metrics").body())
                .contains("uploads_total{service=\"example\"} 1.0")
                .contains("jvm_memory_used_bytes")
                .contains("process_uptime_seconds");
    }

    @Test
    void runsHandlersOnVirtualThreads() throws Exception {
        assertThat(get("/thread").body()).startsWith("VirtualThread");
    }

    @Test
    void keepsReasonAndStackTraceOfFailureToItself() throws Exception {
        var response = get("/broken");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("{\"error\":\"internal error\"}");
    }

    @Test
    void namesNeitherServerNorVersion() throws Exception {
        var missing = get("/nowhere");

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(missing.body()).startsWith("{\"error\":").doesNotContainIgnoringCase("javalin");
        assertThat(raw("GET / HTTP/9.9\r\n\r\n")).startsWith("HTTP/1.1 ").doesNotContainIgnoringCase("jetty");
    }

    @Test
    void takesBodyUpToTheLimit() throws Exception {
        assertThat(post("/echo", BodyPublishers.ofByteArray(new byte[MAX_REQUEST_BYTES]))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesBodyBeyondTheLimitAlsoWhenItsLengthIsNotDeclared() throws Exception {
        byte[] body = new byte[MAX_REQUEST_BYTES + 1];

        assertThat(post("/echo", BodyPublishers.ofByteArray(body)).statusCode()).isEqualTo(413);
        assertThat(post("/echo", BodyPublishers.ofByteArrays(List.of(body))).statusCode())
                .isEqualTo(413);
    }

    @Test
    void countsAClientThatGoesAwayAsNoFailureOfItsOwn() throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger(HttpListener.class);
        var told = new LinkedBlockingQueue<ILoggingEvent>();
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                told.add(event);
            }
        };
        appender.start();
        log.setLevel(Level.DEBUG);
        log.addAppender(appender);
        try (var socket = new Socket("127.0.0.1", listener.port())) {
            socket.getOutputStream()
                    .write("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertThat(told.poll(10, TimeUnit.SECONDS))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .isEqualTo("the client went away");
        } finally {
            log.detachAppender(appender);
            log.setLevel(null);
        }
    }

    @Test
    void saysWhichAddressCannotBeOpened() {
        var taken = new ListenAddress("127.0.0.1", listener.port());

        assertThatThrownBy(() -> HttpListener.start(taken, MAX_REQUEST_BYTES, metrics, List.of(), config -> {}))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("cannot listen on " + taken);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).POST(body).build(), BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", listener.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private URI uri(String path) {
        return listener.uri().resolve(path);
    }
}
