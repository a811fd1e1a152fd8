package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\u2028b", "a\u202Eb", "a\u0000b", "a\u200Bb"})
    void replacesWhatBreaksLinesOrReordersText(String name) {
        Notice notice = Alerts.notice(Alerts.alert().setDerivedModelVersionId(name));

        assertThat(notice.model())
                .startsWith("a")
                .endsWith("b")
                .contains("\uFFFD")
                .doesNotContain("\n", "\u202E");
    }

    @Test
    void keepsNamesOfAllWritingSystems() {
        assertThat(Alerts.notice(Alerts.alert().setDerivedModelVersionId("интерн/模型-é@1"))
                        .model())
                .isEqualTo("интерн/模型-é@1");
    }

    @Test
    void linksBelowTheFolderOfThePage() {
        Notice notice = Notice.of(Alerts.alert().build(), new Links(URI.create("https://example.com/forebear/"), null));

        assertThat(notice.evidence()).hasToString("https://example.com/forebear/#/alerts/al_5f0c2a1b9d3e4f60");
    }
}
