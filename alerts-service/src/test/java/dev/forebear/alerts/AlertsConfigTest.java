package dev.forebear.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Environment;
import dev.forebear.runtime.ListenAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsConfigTest {

    @Test
    void hasADefaultForEverything() {
        AlertsConfig config = read(Map.of());

        assertThat(config.listen()).isEqualTo(new ListenAddress("127.0.0.1", 8080));
        assertThat(config.publicUrl()).isNull();
        assertThat(config.channels().channels()).isEmpty();
        assertThat(config.linkKey()).isNull();
        assertThat(config.policy().current().ruleNames()).startsWith("false-claim-from-scratch");
        assertThat(config.wire().kafka().bootstrapServers()).isEqualTo("localhost:9092");
    }

    @Test
    void readsItsVariables(@TempDir Path folder) throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "rules: {}");
        Path channels = Files.writeString(folder.resolve("channels.yaml"), """
            channels:
              - {name: slack, kind: slack, url: {env: SLACK_URL}}
            """);

        AlertsConfig config = read(Map.of(
                "FOREBEAR_LISTEN", "0.0.0.0:9000",
                "FOREBEAR_PUBLIC_URL", "https://lineage.example.com",
                "FOREBEAR_POLICY", policy.toString(),
                "FOREBEAR_CHANNELS", channels.toString(),
                "SLACK_URL", "https://hooks.slack.com/services/T000/B000/XXXX"));

        assertThat(config.listen().port()).isEqualTo(9000);
        assertThat(config.publicUrl()).isEqualTo(URI.create("https://lineage.example.com"));
        assertThat(config.policy().current().ruleNames()).containsExactly("quarantined-ancestor");
        assertThat(config.channels().channels()).hasSize(1);
    }

    @Test
    void reportsProblemsOfBothFilesAndOfVariablesAtOnce(@TempDir Path folder) throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "rulez: {}");
        Path channels = Files.writeString(folder.resolve("channels.yaml"), "channels: {}");

        var failure = catchThrowableOfType(
                ConfigurationException.class,
                () -> read(Map.of(
                        "FOREBEAR_LISTEN", "nowhere",
                        "FOREBEAR_POLICY", policy.toString(),
                        "FOREBEAR_CHANNELS", channels.toString())));

        assertThat(failure.problems())
                .containsExactly(
                        "FOREBEAR_LISTEN: expected host:port, found 'nowhere'",
                        policy
                                + ":1:1: rulez: expected one of families, licences, lists, models, policy, rules, found"
                                + " 'rulez'; did you mean 'rules'?",
                        channels + ":1:11: channels: expected a list, found a mapping");
    }

    @Test
    void isNotOpenToOthers() {
        var failure = catchThrowableOfType(
                ConfigurationException.class,
                () -> read(Map.of("FOREBEAR_LISTEN", "0.0.0.0:8080", "FOREBEAR_ACCESS", "open")));

        assertThat(failure.problems()).singleElement().asString().contains("FOREBEAR_ACCESS", "0.0.0.0:8080");
    }

    private static AlertsConfig read(Map<String, String> variables) {
        return new Environment(variables).read(AlertsConfig::fromEnvironment);
    }
}
