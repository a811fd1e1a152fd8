package dev.forebear.alerts.readmodel;

import static dev.forebear.alerts.Reports.UPLOADED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingsTest {

    @TempDir
    Path folder;

    private Filled filled;

    @BeforeEach
    void open() {
        filled = new Filled(folder, InstantSource.system());
    }

    @AfterEach
    void close() {
        filled.close();
    }

    @Test
    void tellsTheNameAfterEveryRenamingWhicheverIsReadFirst() {
        upload("a", null, 0);
        upload("b", null, 0);
        upload("c", null, 0);
        filled.put(moved("b", "c", 2)).put(moved("a", "b", 1));

        assertThat(of("a", "name_now")).isEqualTo("c");
        assertThat(of("b", "name_now")).isEqualTo("c");
        assertThat(of("c", "name_now")).isNull();
    }

    @Test
    void followsAModelThereAndBackAgain() {
        filled.put(moved("b", "a", 2)).put(moved("a", "b", 1));
        upload("a", null, 0);
        upload("b", null, 0);

        assertThat(of("a", "name_now")).isNull();
        assertThat(of("b", "name_now")).isEqualTo("a");
    }

    @Test
    void knowsAModelByItsIdWhenTheFormerNameIsNotTold() {
        upload("a", "7", 0);
        upload("b", "8", 0);
        filled.put(change("c", ModelChangeKind.MOVED, 1).setStableId("7").build());

        assertThat(of("a", "name_now")).isEqualTo("c");
        assertThat(of("b", "name_now")).isNull();
    }

    @Test
    void tellsDeletionOfAModelOrAVersionUntilItIsUploadedAgain() {
        upload("a", null, 0);
        upload("b", null, 0);
        filled.put(change("a", ModelChangeKind.DELETED, 10).build());
        filled.put(change("b", ModelChangeKind.DELETED, 10).setVersion("2").build());
        assertThat(of("a", "deleted_at"))
                .isEqualTo(Long.toString(UPLOADED.plusSeconds(10).toEpochMilli()));
        assertThat(of("b", "deleted_at")).isNull();

        upload("a", null, 11);
        assertThat(of("a", "deleted_at")).isNull();
    }

    @Test
    void tellsDeletionUnderTheNewName() {
        upload("a", null, 0);
        filled.put(change("b", ModelChangeKind.DELETED, 10).build()).put(moved("a", "b", 1));

        assertThat(of("a", "deleted_at")).isNotNull();
    }

    @Test
    void tellsWhoMaySeeAModelNow() {
        upload("a", null, 0);
        assertThat(of("a", "visibility")).isEqualTo("public");
        filled.put(change("a", ModelChangeKind.VISIBILITY_CHANGED, 1)
                .setVisibility("private")
                .build());
        assertThat(of("a", "visibility")).isEqualTo("private");
        upload("a", null, 2);
        assertThat(of("a", "visibility")).isEqualTo("public");
    }

    private void upload(String name, String stableId, int seconds) {
        filled.put(Samples.upload("hub/" + name + "@1", name + seconds)
                .setStableId(stableId)
                .setVisibility("public")
                .setReceivedAt(UPLOADED.plusSeconds(seconds))
                .build());
    }

    private String of(String name, String column) {
        return filled.list("SELECT " + column + " FROM model_version WHERE name = ?", name)
                .getFirst();
    }

    private static ModelChanged moved(String from, String to, int seconds) {
        return change(to, ModelChangeKind.MOVED, seconds).setFormerName(from).build();
    }

    private static ModelChanged.Builder change(String name, ModelChangeKind kind, int seconds) {
        return Samples.change("hub", name, kind, UPLOADED.plusSeconds(seconds));
    }
}
