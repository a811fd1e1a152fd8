package dev.forebear.replay.audit;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditReportTest {

    private static final Path SCHEMA = Path.of("../docs/audit-report.schema.json");

    @TempDir
    private Path folder;

    @Test
    void saysTheSameByteForByteOfTheSameAudit() throws Exception {
        AuditReport.write(SampleAudit.of(40), folder.resolve("one"), Optional.empty());
        AuditReport.write(SampleAudit.of(40), folder.resolve("two"), Optional.empty());

        assertThat(contents(folder.resolve("one")))
                .containsOnlyKeys("report.html", "report.json", "uploads.csv", "findings.csv")
                .isEqualTo(contents(folder.resolve("two")));
    }

    @Test
    void leavesOutWhoAskedAndWhen() throws Exception {
        AuditReport.write(SampleAudit.of(5), folder, Optional.empty());

        assertThat(contents(folder).values()).noneMatch(text -> text.contains("ana@example.com"));
    }

    @Test
    void writesJsonAsItsSchemaSays() throws Exception {
        AuditReport.write(SampleAudit.of(12), folder, Optional.empty());

        var schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve(AuditReport.JSON).toFile());
        assertThat(schema.validate(json)).isEmpty();
        assertThat(json.at("/uploads")).hasSize(12);
        assertThat(json.at("/summary/findings/low").asInt()).isEqualTo(1);
        assertThat(json.at("/uploads/0/ancestors/0/evidence/1/value").isNull()).isTrue();
    }

    @Test
    void givesEveryUploadALineOfTheJson() throws Exception {
        AuditReport.write(SampleAudit.of(3), folder, Optional.empty());

        assertThat(Files.readString(folder.resolve(AuditReport.JSON))
                        .lines()
                        .filter(line -> line.startsWith("{\"modelVersionId\"")))
                .hasSize(3);
    }

    @Test
    void boundsThePageAndSaysWhereTheRestIs() throws Exception {
        AuditReport.write(SampleAudit.of(20_000), folder, Optional.empty());

        String page = Files.readString(folder.resolve(AuditReport.PAGE));
        assertThat(Files.size(folder.resolve(AuditReport.PAGE))).isLessThan(5_000_000);
        assertThat(page.split("<article", -1)).hasSize(AuditSummary.TOLD + 1);
        assertThat(page).contains("500 more are in findings.csv.", "19,500 more are in uploads.csv.");
        assertThat(Files.readString(folder.resolve(AuditReport.UPLOADS)).lines())
                .hasSize(20_001);
        assertThat(Files.readString(folder.resolve(AuditReport.FINDINGS)).lines())
                .hasSize(4_001);
    }

    @Test
    void tellsTheGravestFindingsFirst() throws Exception {
        AuditReport.write(SampleAudit.of(40), folder, Optional.empty());

        String page = Files.readString(folder.resolve(AuditReport.PAGE));
        assertThat(List.of("critical", "high", "medium", "low"))
                .extracting(severity -> page.indexOf("<article class=\"finding " + severity))
                .isSorted()
                .allMatch(index -> index > 0);
    }

    @Test
    void drawsEvidenceWithoutAnyScript() throws Exception {
        AuditReport.write(SampleAudit.of(1), folder, Optional.empty());

        assertThat(Files.readString(folder.resolve(AuditReport.PAGE)))
                .contains("class=\"bell\"", "class=\"layer-map\"", "1 in 10<sup>78</sup>")
                .contains("Not comparable.", "default-src 'none'")
                .doesNotContain("<script", "http://", "https://", "NaN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "a\"onmouseover=\"alert(1)",
                "\u202Egnp.exe",
                "line\r\nbreak",
                "\u001b[31mred",
                "</pre></main>",
                "\uD800 alone"
            })
    void showsHostileNamesAndObeysNone(String name) throws Exception {
        AuditReport.write(SampleAudit.named(name), folder, Optional.empty());

        String page = Files.readString(folder.resolve(AuditReport.PAGE));
        assertThat(page).doesNotContain("<script", "\"onmouseover", "\u202E", "\u001b");
        assertThat(page.split("</main>", -1)).hasSize(2);
        assertThat(Files.readString(folder.resolve(AuditReport.FINDINGS)))
                .doesNotContain("\u202E", "\u001b")
                .matches(text -> text.lines().count() == 2);
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve(AuditReport.JSON).toFile());
        assertThat(json.at("/uploads/0/name").asText()).isEqualTo(name);
        assertThat(Files.readString(folder.resolve(AuditReport.JSON))).isASCII();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(1)", "+1", "-1", "@SUM(1)", " =1", "|calc"})
    void keepsSpreadsheetsFromTakingNamesForFormulas(String name) throws Exception {
        AuditReport.write(SampleAudit.named(name), folder, Optional.empty());

        String second = Files.readAllLines(folder.resolve(AuditReport.UPLOADS)).get(1);
        assertThat(Stream.of(second.split(",")))
                .filteredOn(cell -> cell.startsWith("\""))
                .noneMatch(cell -> cell.matches("\"[=+@|-].*"));
        assertThat(second).contains("\"'" + Visible.of(name));
    }

    private static Map<String, String> contents(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(toMap(file -> file.getFileName().toString(), AuditReportTest::text));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
