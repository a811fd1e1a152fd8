package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged program of Forebear in a JVM of its own. Ends with the test, whatever happens. */
final class ChildProcess implements AutoCloseable {

    /** Maven runs the tests of a module in the module's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private ChildProcess(Process process) {
        this.process = process;
        collect(process.getInputStream(), output);
        collect(process.getErrorStream(), errors);
    }

    /** The packaged jar of a module, with its libraries beside it. */
    static ChildProcess ofModule(String module, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(program(module));
        command.addAll(List.of(arguments));
        return start(command, environment, ROOT);
    }

    /** What starts the packaged jar of a module. */
    static List<String> program(String module) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dforebear.home=" + ROOT,
                "-jar",
                jar(module).toString());
    }

    static ChildProcess start(List<String> command, Map<String, String> environment, Path folder) {
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().putAll(environment);
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path jar(String module) {
        var jar = ROOT.resolve(module).resolve("target").resolve(module + ".jar");
        assertThat(jar).as("the packaged program").isRegularFile();
        return jar;
    }

    private static void collect(InputStream stream, List<String> lines) {
        Thread.ofVirtual().start(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("(stream ended: " + e.getMessage() + ")");
            }
        });
    }

    /** Waits for a line of the standard output. */
    MatchResult awaitLine(String pattern, Duration within) {
        var compiled = Pattern.compile(pattern);
        await(pattern)
                .atMost(within)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> assertThat(process.isAlive() || find(compiled).isPresent())
                        .as("the program goes on:\n%s", log())
                        .isTrue())
                .until(() -> find(compiled).isPresent());
        return find(compiled).orElseThrow();
    }

    private Optional<MatchResult> find(Pattern pattern) {
        return output.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(Matcher::toMatchResult)
                .findFirst();
    }

    List<String> output() {
        return List.copyOf(output);
    }

    /** Both streams, for a failing test to show. */
    String log() {
        return String.join("\n", output) + "\n--- standard error:\n" + String.join("\n", errors);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    int awaitEnd(Duration within) throws InterruptedException {
        assertThat(process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS))
                .as("ends within %s:\n%s", within, log())
                .isTrue();
        return process.exitValue();
    }

    /** SIGKILL: nothing is closed, flushed or committed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; returns the exit code. */
    int end() throws InterruptedException {
        process.destroy();
        return awaitEnd(END_WITHIN);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Copies the files of one folder into another, which is made. */
    static void copy(Path from, Path into) throws IOException {
        Files.createDirectories(into);
        try (var files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, into.resolve(file.getFileName()));
            }
        }
    }
}
