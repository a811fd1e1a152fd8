package dev.forebear.ingest.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownVersionsTest {

    private final KnownVersions known = new KnownVersions();

    @Test
    void aVersionIsKnownWithItsContent() {
        known.add("lake/helios@v1", "a");

        assertThat(known.contains("lake/helios@v1", "a")).isTrue();
        assertThat(known.contains("lake/helios@v1", "b")).isFalse();
        assertThat(known.contains("lake/helios@v2", "a")).isFalse();
    }

    @Test
    void contentThatEitherSideDoesNotTellIsTheSame() {
        known.add("hub/tagged@1", "a");
        known.add("hub/untagged@1", null);

        assertThat(known.contains("hub/tagged@1", null)).isTrue();
        assertThat(known.contains("hub/untagged@1", "b")).isTrue();
        assertThat(known.contains("hub/other@1", null)).isFalse();
    }

    @Test
    void growsWithoutForgetting() {
        for (int i = 0; i < 20_000; i++) {
            known.add("hub/model-" + i + "@1", null);
        }

        for (int i = 0; i < 20_000; i++) {
            assertThat(known.contains("hub/model-" + i + "@1", null)).isTrue();
            assertThat(known.contains("hub/model-" + i + "@2", null)).isFalse();
        }
    }
}
