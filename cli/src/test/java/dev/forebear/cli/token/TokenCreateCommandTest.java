package dev.forebear.cli.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.system.OneProcess;
import dev.forebear.cli.system.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCreateCommandTest implements CommandContract {

    @Override
    public List<String> command() {
        return List.of("token", "create");
    }

    @Override
    public List<String> positionals() {
        return List.of("ci");
    }

    @Test
    void makesTheFirstTokenByKafkaAndTheOthersByIt(@TempDir Path folder) throws Exception {
        try (var all = OneProcess.start(folder.resolve("data"), new Ports(0, 0, 0, 0, 0), Map.of())) {
            String url = all.dashboard().toString();
            assertThat(all.firstSignInLink())
                    .hasValueSatisfying(link -> assertThat(link.toString()).startsWith(url + "/sign-in/link/"));
            assertThat(Run.forebear("token", "list", "--url", url)).satisfies(refused -> {
                assertThat(refused.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
                assertThat(refused.err()).contains("found 401", "FOREBEAR_TOKEN", "forebear token create");
            });

            var kafka = Map.of(
                    "FOREBEAR_KAFKA",
                    all.platform().bootstrapServers(),
                    "FOREBEAR_SCHEMA_REGISTRY",
                    all.platform().schemaRegistryUrl().toString());
            Run first = Run.forebear(kafka, "token", "create", "laptop", "--role", "admin", "--kafka");
            assertThat(first.exitCode()).as(first.err()).isZero();
            var admin = Map.of("FOREBEAR_TOKEN", first.out().strip());
            Awaitility.await()
                    .untilAsserted(() -> assertThat(Run.forebear(admin, "token", "list", "--url", url)
                                    .out())
                            .contains("laptop", "operator of Kafka"));

            Run second = Run.forebear(admin, "token", "create", "ci", "--expires", "P90D", "--url", url);
            assertThat(second.out()).matches("fb_[0-9a-z]{16}_[0-9a-z]{40}\\R");
            Path file = Files.writeString(folder.resolve("token"), second.out());
            assertThat(Run.forebear("registry", "list", "--url", url, "--token-file", file.toString())
                            .exitCode())
                    .isZero();
            String id = second.out().substring(0, second.out().lastIndexOf('_'));
            assertThat(Run.forebear(admin, "token", "revoke", id, "--url", url).exitCode())
                    .isZero();
            assertThat(Run.forebear("registry", "list", "--url", url, "--token-file", file.toString())
                            .err())
                    .contains("found 401", "has ended");
        }
    }

    @Test
    void saysThatALifetimeIsNone() {
        Run run = run("ci", "--expires", "soon");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--expires: expected a duration such as 12h or P90D, found 'soon'");
    }
}
