package dev.forebear.alerts.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelUploaded;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingsTest {

    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    private final Standings standings = new Standings();

    @Test
    void tellsTheNameAfterEveryRenaming() {
        standings.apply(change("b", ModelChangeKind.MOVED, 1).setFormerName("a").build());
        standings.apply(change("c", ModelChangeKind.MOVED, 2).setFormerName("b").build());

        assertThat(standings.of(uploaded("a", null)).nameNow()).isEqualTo("c");
        assertThat(standings.of(uploaded("b", null)).nameNow()).isEqualTo("c");
        assertThat(standings.of(uploaded("c", null)).nameNow()).isNull();
        assertThat(standings.of(uploaded("d", null)).nameNow()).isNull();
    }

    @Test
    void followsAModelThereAndBackAgain() {
        standings.apply(change("b", ModelChangeKind.MOVED, 1).setFormerName("a").build());
        standings.apply(change("a", ModelChangeKind.MOVED, 2).setFormerName("b").build());

        assertThat(standings.of(uploaded("a", null)).nameNow()).isNull();
        assertThat(standings.of(uploaded("b", null)).nameNow()).isEqualTo("a");
    }

    @Test
    void knowsAModelByItsIdWhenTheFormerNameIsNotTold() {
        standings.apply(change("b", ModelChangeKind.MOVED, 1).setStableId("7").build());

        assertThat(standings.of(uploaded("a", "7")).nameNow()).isEqualTo("b");
        assertThat(standings.of(uploaded("a", "8")).nameNow()).isNull();
    }

    @Test
    void tellsDeletionOfAModelOrAVersionUntilItIsUploadedAgain() {
        standings.apply(change("a", ModelChangeKind.DELETED, 10).build());
        standings.apply(change("b", ModelChangeKind.DELETED, 10).setVersion("2").build());

        assertThat(standings.of(uploaded("a", null)).deletedAt()).isEqualTo(START.plusSeconds(10));
        assertThat(standings.of(uploaded("a", null, 11)).deletedAt()).isNull();
        assertThat(standings.of(uploaded("b", null)).deletedAt()).isNull();
    }

    @Test
    void tellsWhoMaySeeAModelNow() {
        assertThat(standings.of(uploaded("a", null)).visibility()).isEqualTo("public");
        standings.apply(change("a", ModelChangeKind.VISIBILITY_CHANGED, 1)
                .setVisibility("private")
                .build());
        assertThat(standings.of(uploaded("a", null)).visibility()).isEqualTo("private");
    }

    private static ModelChanged.Builder change(String name, ModelChangeKind change, int seconds) {
        return ModelChanged.newBuilder()
                .setEventId("event")
                .setRegistry("hub")
                .setName(name)
                .setChange(change)
                .setDeclaredBases(List.of())
                .setSender("hugging-face")
                .setChangedAt(START.plusSeconds(seconds))
                .setReceivedAt(START.plusSeconds(seconds))
                .setCorrelationId("c");
    }

    private static ModelHistory uploaded(String name, @Nullable String stableId) {
        return uploaded(name, stableId, 0);
    }

    private static ModelHistory uploaded(String name, @Nullable String stableId, int seconds) {
        return ModelHistory.of("hub/" + name + "@1")
                .with(ModelUploaded.newBuilder()
                        .setEventId("upload")
                        .setModelVersionId("hub/" + name + "@1")
                        .setRegistry("hub")
                        .setName(name)
                        .setVersion("1")
                        .setLocation("hf://" + name)
                        .setSender("hugging-face")
                        .setLane(Lane.INTERACTIVE)
                        .setDeclaredBases(List.of())
                        .setContents(List.of())
                        .setStableId(stableId)
                        .setVisibility("public")
                        .setUploadedAt(START)
                        .setReceivedAt(START.plusSeconds(seconds))
                        .setCorrelationId("c")
                        .build());
    }
}
