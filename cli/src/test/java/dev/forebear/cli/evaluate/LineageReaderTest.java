package dev.forebear.cli.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.checkpoint.CheckpointException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineageReaderTest {

    @Test
    void readsWhatIsKnownOfAModel() throws IOException {
        LineageEntry entry = read("""
            {"models": [{"id": "blend", "dir": "b", "relation": "merge-slerp", "kind": "merged",
             "parents": ["x", "y"], "soft_parents": ["z"], "parent_weights": [0.6, 0.4], "format": "peft"}]}\
            """).models().getFirst();

        assertThat(entry)
                .isEqualTo(new LineageEntry(
                        "blend", "b", "merge-slerp", "merged", List.of("x", "y"), List.of("z"), List.of(.6, .4)));
    }

    @Test
    void needsNoMoreThanAnId() throws IOException {
        assertThat(read("{\"models\": [{\"id\": \"a\", \"parents\": null}]}").models())
                .containsExactly(new LineageEntry("a", "a", "unknown", null, List.of(), List.of(), List.of()));
    }

    @Test
    void keepsTheOrderOfUpload() throws IOException {
        assertThat(read("{\"models\": [{\"id\": \"z\"}, {\"id\": \"a\"}]}").positions())
                .containsEntry("z", 0)
                .containsEntry("a", 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'models': [{'id': 'a'}|expected JSON",
                "[]|expected an object with an array",
                "{'models': 7}|expected an object with an array",
                "{'models': [{}]}|model 0: expected an id, found none",
                "{'models': [{'id': ' '}]}|model 0: expected an id, found none",
                "{'models': [{'id': 4}]}|model 0: expected id to be text, found number",
                "{'models': [7]}|model 0: expected an id, found none",
                "{'models': [{'id': 'a'}, {'id': 'a'}]}|expected every id once, found a twice",
                "{'models': [{'id': 'a', 'kind': []}]}|a: expected kind to be text, found array",
                "{'models': [{'id': 'a', 'parents': 'b'}]}|a: expected parents to be an array of names",
                "{'models': [{'id': 'a', 'parents': [1]}]}|a: expected parents to be an array of names",
                "{'models': [{'id': 'a', 'parents': ['b'], 'parent_weights': [1, 2]}]}|a: expected parent_weights for"
                        + " 1 parents, found 2",
                "{'models': [{'id': 'a', 'parents': ['b'], 'parent_weights': ['x']}]}|a: expected parent_weights to be"
                        + " an array of numbers",
                "{'models': [{'id': 'a', 'parents': ['b'], 'parent_weights': [1e999]}]}|a: expected parent_weights to"
                        + " be an array of numbers",
            })
    void saysInOneLineWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("lineage.json: ")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThatThrownBy(() -> new LineageReader("lineage.json").read(new byte[] {'{', '"', (byte) 0xff, '"', '}'}))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("lineage.json: expected JSON");
    }

    @Test
    void refusesMorePairsThanAnyoneWaitsFor() {
        String models = String.join(
                ",",
                IntStream.rangeClosed(0, Lineage.MOST_MODELS)
                        .mapToObj(i -> "{\"id\": \"" + i + "\"}")
                        .toList());

        assertThatThrownBy(() -> read("{\"models\": [" + models + "]}"))
                .hasMessageContaining("expected at most 2,000 models, found 2,001");
    }

    private static Lineage read(String json) throws IOException {
        return new LineageReader("lineage.json").read(json.getBytes(UTF_8));
    }
}
