package dev.forebear.schemas;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

    private final TopicCheck check = new TopicCheck("p.");

    @Test
    void acceptsTopicsAsDeclared() {
        assertThat(check.problems(asDeclared())).isEmpty();
    }

    @Test
    void listsEveryMissingTopic() {
        List<TopicCheck.Found> found = asDeclared();
        found.removeIf(topic -> topic.topic() == Topics.DEAD_LETTERS || topic.topic() == Topics.MODEL_UPLOADS);

        assertThat(check.problems(found))
                .containsExactly("topic p.model-uploads: missing", "topic p.dead-letters: missing");
    }

    @Test
    void listsWrongCleanup() {
        assertThat(check.problems(with(Topics.MODEL_FINGERPRINTS, "cleanup.policy", "compact,delete")))
                .containsExactly("topic p.model-fingerprints: expected cleanup.policy compact, found compact,delete");
    }

    @Test
    void listsAnAuditTrailThatWouldBeLost() {
        assertThat(check.problems(with(Topics.ALERT_ACTIONS, "retention.ms", "604800000")))
                .containsExactly("topic p.alert-actions: expected retention.ms -1, found 604800000");
        assertThat(check.problems(with(Topics.MODEL_UPLOADS, "retention.bytes", "1000")))
                .containsExactly("topic p.model-uploads: expected retention.bytes -1, found 1000");
    }

    @Test
    void listsAHistoryThatIsForgottenTooSoonButNotOneThatIsLonger() {
        assertThat(check.problems(with(Topics.LINEAGE_ALERTS, "min.compaction.lag.ms", "0")))
                .containsExactly("topic p.lineage-alerts: expected min.compaction.lag.ms 86400000, found 0");
        assertThat(check.problems(with(Topics.LINEAGE_ALERTS, "min.compaction.lag.ms", "172800000")))
                .isEmpty();
    }

    @Test
    void leavesTheRetentionOfTheRestToTheOperatorWithinARange() {
        assertThat(check.problems(with(Topics.DEAD_LETTERS, "retention.ms", "86400000")))
                .isEmpty();
        assertThat(check.problems(with(Topics.DEAD_LETTERS, "retention.ms", "-1")))
                .isEmpty();
        assertThat(check.problems(with(Topics.DEAD_LETTERS, "retention.ms", "1000")))
                .containsExactly("topic p.dead-letters: expected retention.ms of at least 1 d, found 1000");
    }

    @Test
    void listsFingerprintsThatWouldStayAfterAnErasure() {
        assertThat(check.problems(with(Topics.LINEAGE_QUERIES, "retention.ms", "-1")))
                .containsExactly("topic p.lineage-queries: expected retention.ms of 1 h to 7 d, found -1");
    }

    @Test
    void refusesShardsThatDoNotMeet() {
        List<TopicCheck.Found> found = asDeclared();
        found.removeIf(topic -> topic.topic() == Topics.LINEAGE_QUERIES);
        found.add(new TopicCheck.Found(Topics.LINEAGE_QUERIES, 5, Topics.LINEAGE_QUERIES.settings()));

        assertThat(check.problems(found))
                .containsExactly("topics of the matcher's shards: expected equally many partitions, found "
                        + "p.model-fingerprints 4, p.lineage-queries 5");
    }

    private static List<TopicCheck.Found> with(Topic<?> changed, String setting, String value) {
        return asDeclared().stream()
                .map(found -> {
                    Map<String, String> settings = new HashMap<>(found.settings());
                    if (found.topic() == changed) {
                        settings.put(setting, value);
                    }
                    return new TopicCheck.Found(found.topic(), found.partitions(), settings);
                })
                .toList();
    }

    private static List<TopicCheck.Found> asDeclared() {
        return Topics.all().stream()
                .map(topic -> new TopicCheck.Found(topic, 4, topic.settings()))
                .collect(toCollection(ArrayList::new));
    }
}
