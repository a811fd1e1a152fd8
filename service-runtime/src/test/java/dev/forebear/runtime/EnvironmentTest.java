package dev.forebear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @Test
    void givesDefaultsForWhatIsNotSetOrEmpty() {
        var environment = new Environment(Map.of("EMPTY", " "));

        assertThat(environment.text("EMPTY", "fallback")).isEqualTo("fallback");
        assertThat(environment.integer("ABSENT", 7, 1, 9)).isEqualTo(7);
        assertThat(environment.optional("ABSENT")).isNull();
        assertThat(environment.path("ABSENT")).isNull();
        assertThat(environment.secret("ABSENT")).isNull();
        assertThat(environment.problems()).isEmpty();
    }

    @Test
    void remembersWhatWasAskedFor() {
        var environment = new Environment(Map.of("SET", "1", "UNKNOWN", "2"));
        environment.integer("SET", 0, 0, 9);
        environment.secret("KEY");

        assertThat(environment.asked()).containsExactly("KEY", "KEY_FILE", "SET");
    }

    @Test
    void readsEveryKindOfValue() {
        var environment = new Environment(Map.of(
                "N", "42",
                "D", "1m30s",
                "DAY", "P1D",
                "U", "https://registry.example.com/api",
                "US", "http://a:1, http://b:2",
                "L", "0.0.0.0:8090",
                "F", "true",
                "S", "token"));

        assertThat(environment.integer("N", 0, 0, 100)).isEqualTo(42);
        assertThat(environment.duration("D", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
        assertThat(environment.duration("DAY", Duration.ZERO)).isEqualTo(Duration.ofDays(1));
        assertThat(environment.uri("U", URI.create("http://x"))).hasHost("registry.example.com");
        assertThat(environment.uris("US", List.of())).hasSize(2);
        assertThat(environment.listenAddress("L", ListenAddress.anyLoopbackPort()))
                .isEqualTo(new ListenAddress("0.0.0.0", 8090));
        assertThat(environment.flag("F", false)).isTrue();
        assertThat(environment.secret("S")).isEqualTo(Secret.of("token"));
        assertThat(environment.problems()).isEmpty();
    }

    @Test
    void reportsEveryProblemAtOnceWithNameExpectedAndFound() {
        var environment =
                new Environment(Map.of("N", "many", "D", "-5s", "U", "ftp://host", "L", "nowhere", "F", "yes"));

        assertThatThrownBy(() -> environment.read(e -> {
                    e.required("MISSING");
                    e.integer("N", 1, 1, 9);
                    e.duration("D", Duration.ofSeconds(1));
                    e.uri("U", URI.create("http://x"));
                    e.listenAddress("L", ListenAddress.anyLoopbackPort());
                    return e.flag("F", false);
                }))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "MISSING: expected a value, found none",
                                        "N: expected a whole number from 1 to 9, found 'many'",
                                        "D: expected a duration such as 30s, 5m or P1D, found '-5s'",
                                        "U: expected an http or https address, found 'ftp://host'",
                                        "L: expected host:port, found 'nowhere'",
                                        "F: expected true or false, found 'yes'"));
    }

    @Test
    void refusesNumberOutOfRange() {
        var environment = new Environment(Map.of("N", "10"));

        environment.integer("N", 1, 1, 9);

        assertThat(environment.problems()).containsExactly("N: expected a whole number from 1 to 9, found '10'");
    }

    @Test
    void reportsWhatTheRecordRefuses() {
        assertThatThrownBy(() -> new Environment(Map.of()).read(e -> new ListenAddress("", 1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("listen address: expected a host, found none");
    }

    @Test
    void takesSecretFromFileWithoutItsLineEnd(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "from file\n");

        assertThat(new Environment(Map.of("TOKEN_FILE", file.toString())).secret("TOKEN"))
                .isEqualTo(Secret.of("from file"));
    }

    @Test
    void refusesSecretGivenTwiceAndSecretFileThatIsMissing(@TempDir Path folder) {
        Path missing = folder.resolve("missing");
        var environment = new Environment(Map.of("A", "x", "A_FILE", missing.toString(), "B_FILE", missing.toString()));

        environment.secret("A");
        environment.secret("B");

        assertThat(environment.problems().getFirst()).isEqualTo("A: expected either A or A_FILE, found both");
        assertThat(environment.problems().get(1)).startsWith("B_FILE: expected a readable file with a secret, found ");
    }
}
