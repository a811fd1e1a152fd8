package dev.forebear.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.system.OneProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryListCommandTest implements CommandContract {

    @TempDir
    private static Path folder;

    private static OneProcess all;

    @BeforeAll
    static void start() throws IOException {
        all = ConnectedInstance.start(folder);
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    @Override
    public List<String> command() {
        return List.of("registry", "list");
    }

    @Test
    void listsEveryRegistryWithWhatItRefused() throws Exception {
        post(all.webhooks("hub"));

        await().untilAsserted(() -> assertThat(list().out().lines())
                .anyMatch(line -> line.matches("hub +hugging-face +live +never +never +- +1 +secret-missing")));
    }

    @Test
    void writesTheSameAsJson() {
        await().untilAsserted(() -> assertThat(list("--json").out())
                .contains("\"registries\"", "\"alias\" : \"hub\"", "\"state\" : \"live\""));
    }

    @Test
    void saysThatNobodyAnswers() {
        Run run = Run.forebear("registry", "list", "--url", "http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err()).contains("http://127.0.0.1:1: expected a running instance, found none");
    }

    @Test
    void refusesAnAddressThatIsNone() {
        Run run = Run.forebear("registry", "list", "--url", "localhost:8080");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--url: expected an address such as http://localhost:8080");
    }

    private static Run list(String... more) {
        var page = all.dashboard().toString();
        return more.length == 0
                ? Run.forebear("registry", "list", "--url", page)
                : Run.forebear("registry", "list", "--url", page, more[0]);
    }

    private static void post(URI hook) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(hook)
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(401);
        }
    }
}
