package dev.forebear.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The launcher, started as a person starts it. */
final class Program implements AutoCloseable {

    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    private final Process process;
    private final CompletableFuture<Double> seconds;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** @param variables {@code NAME=value} */
    Program(List<String> arguments, List<String> variables) throws IOException {
        List<String> command = new ArrayList<>(List.of("./forebear"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        variables.forEach(variable -> builder.environment()
                .put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1)));
        long start = System.nanoTime();
        process = builder.start();
        seconds = process.onExit().thenApply(ended -> (System.nanoTime() - start) / 1e9);
        Thread.ofVirtual().start(this::collect);
    }

    /** Arguments of {@code up} on free ports. */
    static List<String> upOn(Path data, String... more) {
        List<String> arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
        for (var port : List.of("dashboard", "webhooks", "kafka", "schema-registry", "s3")) {
            arguments.addAll(List.of("--" + port + "-port", "0"));
        }
        arguments.addAll(List.of(more));
        return arguments;
    }

    private void collect() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(the stream ended: " + e.getMessage() + ")");
        }
    }

    /** The next line that matches; earlier ones are dropped. */
    MatchResult awaitLine(String pattern, Duration within) throws InterruptedException {
        var compiled = Pattern.compile(pattern);
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            var line = lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IllegalStateException("expected a line like " + pattern + " within " + within);
            }
            var matcher = compiled.matcher(line);
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
        }
    }

    /** 0 when it has ended. */
    double residentMebibytes() throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(process.pid())).start();
        try (var reader = ps.inputReader()) {
            String kibibytes = reader.readLine();
            return kibibytes == null ? 0 : Long.parseLong(kibibytes.strip()) / 1024.0;
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** @throws IllegalStateException unless it has ended as it should */
    void requireSuccess() {
        if (process.exitValue() != 0) {
            throw new IllegalStateException("expected exit code 0, found " + process.exitValue());
        }
    }

    /** From its start to its end, which is waited for. */
    double seconds() {
        return seconds.join();
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
