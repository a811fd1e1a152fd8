package dev.forebear.ingest.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FolderWeightsTest {

    private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

    @Test
    void oneFileWithAllWeightsIsComplete() {
        assertThat(weights("model.safetensors").isComplete()).isTrue();
        assertThat(weights().isComplete()).isFalse();
    }

    @Test
    void shardsAreCompleteWithTheirIndexAndEachOther() {
        assertThat(weights("m.safetensors.index.json", "m-00001-of-00002.safetensors", "m-00002-of-00002.safetensors")
                        .isComplete())
                .isTrue();
        assertThat(weights("m-00001-of-00002.safetensors", "m-00002-of-00002.safetensors")
                        .isComplete())
                .isFalse();
        assertThat(weights("m.safetensors.index.json", "m-00002-of-00002.safetensors")
                        .isComplete())
                .isFalse();
        assertThat(weights("m.safetensors.index.json").isComplete()).isFalse();
    }

    @Test
    void shardsOfGgufNeedNoIndex() {
        assertThat(weights("m-00001-of-00002.gguf", "m-00002-of-00002.gguf").isComplete())
                .isTrue();
        assertThat(weights("m-00001-of-00002.gguf").isComplete()).isFalse();
    }

    @Test
    void everySetThatWasBegunMustBeThere() {
        assertThat(weights("model.safetensors", "m-00001-of-00002.gguf").isComplete())
                .isFalse();
    }

    @Test
    void aNameThatCountsMoreShardsThanThereCanBeCompletesNothing() {
        assertThat(weights("m-00001-of-999999.gguf").isComplete()).isFalse();
        assertThat(weights("m-00003-of-00002.gguf", "m-00002-of-00002.gguf").isComplete())
                .isFalse();
    }

    @Test
    void theTagOfOneFileIsItsOwn() {
        assertThat(FolderWeights.of(List.of(file("model.safetensors", "9b2cf535")))
                        .tag())
                .isEqualTo("9b2cf535");
    }

    @Test
    void theTagOfSeveralDependsOnEachAndNotOnTheirOrder() {
        var one = file("m-00001-of-00002.gguf", "a");
        var two = file("m-00002-of-00002.gguf", "b");
        String tag = FolderWeights.of(List.of(one, two)).tag();

        assertThat(tag).matches("[0-9a-f]{32}");
        assertThat(FolderWeights.of(List.of(two, one)).tag()).isEqualTo(tag);
        assertThat(FolderWeights.of(List.of(one, file(two.path(), "c"))).tag()).isNotEqualTo(tag);
    }

    @Test
    void aTagThatCouldNotBeAVersionIsDigested() {
        assertThat(FolderWeights.of(List.of(file("model.gguf", "a@b\u202e"))).tag())
                .matches("[0-9a-f]{32}");
    }

    private static FolderWeights weights(String... paths) {
        return FolderWeights.of(
                Arrays.stream(paths).map(path -> file(path, "tag")).toList());
    }

    private static FolderFile file(String path, String tag) {
        return new FolderFile(path, WeightFile.of(path).orElseThrow(), tag, null, null, TIME);
    }
}
