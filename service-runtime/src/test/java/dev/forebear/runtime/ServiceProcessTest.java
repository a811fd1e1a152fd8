package dev.forebear.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServiceProcessTest {

    @Test
    void endsWithTwoAndOneLinePerProblemWhenMisconfigured() throws Exception {
        Process process = start(Map.of());

        assertThat(errors(process)).isEqualTo("example: EXAMPLE_NAME: expected a value, found none\n");
        assertThat(exitCode(process)).isEqualTo(2);
    }

    @Test
    void endsWithOneAndOneLineWhenItCannotStart() throws Exception {
        Process process = start(Map.of("EXAMPLE_NAME", "unlucky"));

        assertThat(errors(process)).isEqualTo("example: could not start: no broker answered\n");
        assertThat(exitCode(process)).isEqualTo(1);
    }

    @Test
    void closesInReverseWhenAskedToStop() throws Exception {
        Process process = start(Map.of("EXAMPLE_NAME", "lucky"));
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).startsWith("port ");

            process.toHandle().destroy();

            assertThat(output.lines()).containsExactly("closed listener", "closed metrics");
        }
        assertThat(exitCode(process)).isEqualTo(128 + 15);
        assertThat(errors(process)).contains("service started service=\"example\"", "service stopped");
    }

    private static Process start(Map<String, String> variables) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ExampleService.class.getName());
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
