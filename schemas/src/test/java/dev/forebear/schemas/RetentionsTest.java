package dev.forebear.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RetentionsTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void readsWhatAnOperatorWants() {
        Retentions retentions = read(Map.of(
                "FOREBEAR_RETENTION_DEAD_LETTERS", "30d",
                "FOREBEAR_RETENTION_LINEAGE_QUERIES", "6h"));

        assertThat(problems).isEmpty();
        assertThat(retentions.byTopic())
                .isEqualTo(
                        Map.of(Topics.DEAD_LETTERS, Duration.ofDays(30), Topics.LINEAGE_QUERIES, Duration.ofHours(6)));
    }

    @Test
    void namesEveryVariableThatIsWrongWithItsRange() {
        read(Map.of("FOREBEAR_RETENTION_CONFIRMATIONS", "90d", "FOREBEAR_RETENTION_ALERT_DELIVERIES", "a while"));

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "FOREBEAR_RETENTION_CONFIRMATIONS: expected 1 d to 30 d, such as 36h or 7d, found '90d'",
                        "FOREBEAR_RETENTION_ALERT_DELIVERIES: expected at least 90 d, such as 36h or 7d, found"
                                + " 'a while'");
    }

    @Test
    void hasARangeForEveryTopicWhoseRecordsGoAndForNoOther() {
        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(RetentionRange.of(topic) != null)
                        .as(topic.name())
                        .isEqualTo(topic.retention() != null));
    }

    @Test
    void declaresRetentionsWithinTheirRanges() {
        assertThat(Topics.all())
                .filteredOn(topic -> topic.retention() != null)
                .allMatch(topic -> RetentionRange.of(topic).holds(topic.retention()));
    }

    @Test
    void keepsNoTopicThatKeepsEverythingForATime() {
        assertThatThrownBy(() -> new Retentions(Map.of(Topics.MODEL_UPLOADS, Duration.ofDays(1))))
                .hasMessage("topic model-uploads: expected no retention, found 1 d");
    }

    @Test
    void isDescribedVariableByVariable() throws Exception {
        String page = Files.readString(Path.of("../docs/retention.md"));
        Set<String> described = Pattern.compile(
                        "(?m)^\\| `([a-z-]+)` \\|.*\\| `(FOREBEAR_RETENTION_[A-Z_]+)`, ([^|]+) \\|$")
                .matcher(page)
                .results()
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .collect(Collectors.toSet());

        assertThat(described)
                .isEqualTo(Topics.all().stream()
                        .filter(topic -> RetentionRange.of(topic) != null)
                        .map(topic -> topic.name() + " " + Retentions.variable(topic) + " " + RetentionRange.of(topic))
                        .collect(Collectors.toSet()));
    }

    private Retentions read(Map<String, String> variables) {
        return Retentions.read(variables::get, problems::add);
    }
}
