package dev.forebear.alerts.readmodel;

import static dev.forebear.alerts.Reports.UPLOADED;
import static dev.forebear.alerts.readmodel.Samples.fingerprint;
import static dev.forebear.alerts.readmodel.Samples.upload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.Reports;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.Verdict;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVersionsTest {

    private static final String ID = "internal/helios-7b@v4";

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
    void beginsAnewWhenTheVersionIsUploadedAgain() {
        filled.put(upload(ID, "e1").build()).put(fingerprint(ID, "e1").build()).put(Reports.of("helios-7b@v4"));
        assertThat(column("progress")).isEqualTo("analysed");

        filled.put(upload(ID, "e2").setUploadedAt(UPLOADED.plusSeconds(60)).build());

        assertThat(column("progress")).isEqualTo("received");
        assertThat(column("not_analysed_reason")).isNull();
    }

    @Test
    void keepsAnAnnouncementThatComesTwiceOnce() {
        filled.put(upload(ID, "e1").build())
                .put(upload(ID, "e2").setUploadedBy("ana").build())
                .put(upload(ID, "e1").build());

        assertThat(filled.list("SELECT event_id FROM upload")).containsExactly("e1", "e2");
        assertThat(column("uploaded_by")).isEqualTo("ana");
    }

    @Test
    void saysWhyAModelWasNotAnalysed() {
        filled.put(upload(ID, "e1").build())
                .put(fingerprint(ID, "e1").setNotAnalysed(Reports.malformed()).build());

        assertThat(column("progress")).isEqualTo("not-analysed");
        assertThat(column("not_analysed_reason")).isEqualTo("malformed");
    }

    @Test
    void tellsHowManyOfTheMatchesAreProvenAndWhetherOneIsDeclared() {
        LineageMatch near = Reports.base("basalt");
        filled.put(Reports.of(
                "helios-7b@v4",
                near,
                Reports.match("cousin").setVerdict(Verdict.SHARES_AN_ANCESTOR).build()));
        assertThat(column("matches")).isEqualTo("2");
        assertThat(column("proven")).isEqualTo("1");
        assertThat(column("nearest_id")).isEqualTo("hub/basalt@main");
        assertThat(column("undeclared")).isEqualTo("1");

        filled.put(Reports.builder("helios-7b@v4", 2)
                .setMatches(
                        List.of(LineageMatch.newBuilder(near).setDeclared(true).build()))
                .build());
        assertThat(column("undeclared")).isEqualTo("0");
    }

    @Test
    void doesNotAskAVersionToDeclareItsPredecessor() {
        filled.put(Reports.of(
                "helios-7b@v4",
                Reports.match("helios-7b")
                        .setModelVersionId("internal/helios-7b@v3")
                        .setRegistry("internal")
                        .build()));

        assertThat(column("proven")).isEqualTo("1");
        assertThat(column("undeclared")).isEqualTo("0");
    }

    @Test
    void leavesOutTheConfirmationOfAReportThatWasRevisedMeanwhile() {
        filled.put(Reports.builder("helios-7b@v4", 1)
                        .setConfirmation(ConfirmationState.PENDING)
                        .build())
                .put(Reports.builder("helios-7b@v4", 2)
                        .setMatches(List.of(Reports.base("basalt")))
                        .build())
                .put(Reports.builder("helios-7b@v4", 1)
                        .setConfirmation(ConfirmationState.CONFIRMED)
                        .build());

        assertThat(column("report_id")).isEqualTo(ID + "#2");
        assertThat(filled.list("SELECT base_id FROM match")).containsExactly("hub/basalt@main");
        assertThat(filled.list("SELECT confirmation FROM report WHERE latest = 0"))
                .containsExactly("pending", "confirmed");
    }

    @Test
    void replacesAReportByItsConfirmation() {
        filled.put(Reports.builder("helios-7b@v4", 1)
                        .setMatches(List.of(Reports.base("basalt")))
                        .setConfirmation(ConfirmationState.PENDING)
                        .build())
                .put(Reports.builder("helios-7b@v4", 1)
                        .setConfirmation(ConfirmationState.CONFIRMED)
                        .build());

        assertThat(filled.list("SELECT confirmation FROM report WHERE latest = 1"))
                .containsExactly("confirmed");
        assertThat(filled.list("SELECT base_id FROM match")).isEmpty();
    }

    @Test
    void tellsWhichMatchADeclarationMeans() {
        filled.put(Reports.builder("helios-7b@v4", 1)
                .setDeclaredBases(Reports.declared("https://huggingface.co/quarry-ai/basalt", "granite", "nobody"))
                .setMatches(List.of(
                        Reports.base("quarry-ai/basalt"),
                        Reports.match("stone/granite").setDeclared(true).build()))
                .build());

        assertThat(filled.list("SELECT base_id FROM declaration ORDER BY place"))
                .containsExactly("hub/quarry-ai/basalt@main", "hub/stone/granite@main", null);
    }

    @Test
    void findsModelsByPartsOfNamesLicencesAndAncestors() {
        filled.put(upload(ID, "e1").build()).put(Reports.of("helios-7b@v4", Reports.base("quarry-ai/basalt-7b")));
        assertThat(search("HELIOS")).containsExactly("internal/helios-7b");
        assertThat(search("asalt-7")).containsExactly("internal/helios-7b");
        assertThat(search("apache-2.0")).containsExactly("internal/helios-7b");

        filled.put(Reports.builder("helios-7b@v4", 2).build());
        assertThat(search("asalt-7")).isEmpty();
        assertThat(search("helios")).containsExactly("internal/helios-7b");
    }

    private List<String> search(String part) {
        return filled.list("SELECT id FROM search WHERE search MATCH ?", '"' + part + '"');
    }

    private String column(String name) {
        return filled.list("SELECT " + name + " FROM model_version WHERE id = ?", ID)
                .getFirst();
    }
}
