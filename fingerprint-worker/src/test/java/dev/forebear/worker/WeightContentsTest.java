package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.schemas.wire.ContentDigest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightContentsTest {

    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    @Test
    void isTheSameWhateverFilesAreCalledAndWhateverElseIsThere() {
        var contents = contents("model-00001-of-00002.safetensors", A, "model-00002-of-00002.safetensors", B);
        assertThat(contents.key())
                .isNotNull()
                .isEqualTo(contents("y.gguf", B, "x.gguf", A, "README.md", "c".repeat(64))
                        .key())
                .isNotEqualTo(contents("x.gguf", A).key());
    }

    @Test
    void isUnknownWhenAShardIsMissing() {
        assertThat(contents("model-00001-of-00002.safetensors", A).key()).isNull();
        assertThat(contents("model-00001-of-99999.safetensors", A).key()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "sha256:aaaa", "ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ"})
    void isUnknownWhenADigestOfAnyWeightFileIs(String digest) {
        assertThat(contents("x.gguf", A, "y.gguf", digest).key()).isNull();
        assertThat(contents("x.gguf", A, "config.json", digest).key()).isNotNull();
    }

    @Test
    void isUnknownWithoutWeightsAndOfAbsurdlyManyFiles() {
        assertThat(contents("config.json", A).key()).isNull();
        assertThat(WeightContents.of(IntStream.range(0, 1_000)
                                .mapToObj(i -> new ContentDigest(i + ".gguf", A, null))
                                .toList())
                        .key())
                .isNull();
        assertThat(contents("x".repeat(1_000) + ".gguf", A).key()).isNull();
    }

    @Test
    void isKnownOfAStoreThatTellsDigests() {
        assertThat(WeightContents.listed(List.of(new StoredFile("x.gguf", 7, "1", A), new StoredFile("y.md", 7, "1")))
                        .key())
                .isEqualTo(contents("x.gguf", A).key());
        assertThat(WeightContents.listed(List.of(new StoredFile("x.gguf", 7, "1")))
                        .key())
                .isNull();
    }

    private static WeightContents contents(String... namesAndDigests) {
        return WeightContents.of(IntStream.range(0, namesAndDigests.length / 2)
                .mapToObj(i -> new ContentDigest(namesAndDigests[2 * i], namesAndDigests[2 * i + 1], null))
                .toList());
    }
}
