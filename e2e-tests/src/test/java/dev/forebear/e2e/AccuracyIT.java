package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged product is demanded to get right, on the whole zoo. */
class AccuracyIT {

    private static final Duration DONE_WITHIN = Duration.ofMinutes(8);

    private static JsonNode result;

    @BeforeAll
    static void evaluates(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("zoo.json");
        try (var evaluate = ChildProcess.ofModule("cli", Map.of(), "evaluate", "zoo", "--json", file.toString())) {
            assertThat(evaluate.awaitEnd(DONE_WITHIN)).as(evaluate.log()).isZero();
        }
        result = new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void meetsEveryBar() {
        assertThat(result.path("bars"))
                .hasSize(11)
                .allSatisfy(bar -> assertThat(bar.path("outcome").asText())
                        .as(bar.toString())
                        .isEqualTo("met"));
    }

    @Test
    void accusesNobody() {
        assertThat(result.path("falseAccusations").asInt(-1)).isZero();
        assertThat(result.path("falseSharedInitialisations").asInt(-1)).isZero();
        assertThat(result.path("ambiguousCalledDerived").asInt(-1)).isZero();
    }

    @Test
    void comparesEveryModelAndAdaptersOnTheirBase() {
        assertThat(result.path("pairs").asInt()).isEqualTo(39 * 38 / 2);
        assertThat(result.path("comparedPairs").asInt()).isEqualTo(39 * 38 / 2);
        assertThat(result.path("unreadable")).isEmpty();
    }
}
