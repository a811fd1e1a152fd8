package dev.forebear.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    @Test
    void areTheTableThatOtherSystemsRelyOn() {
        assertThat(Topics.all())
                .map(topic -> String.join(
                        " | ",
                        topic.name(),
                        topic.key(),
                        topic.type().getSimpleName(),
                        topic.cleanup().policy(),
                        topic.retention() == null ? "-" : topic.retention().toDays() + " d"))
                .containsExactly(
                        "model-uploads | model id | ModelUploaded | delete | -",
                        "model-changes | model id | ModelChanged | delete | -",
                        "object-changes | folder | ObjectChanged | delete | 7 d",
                        "registry-listings | registry and purpose | ListingProgress | compact | -",
                        "registry-status | registry and instance | RegistryStatus | compact | -",
                        "model-fingerprints | model version id | ModelFingerprint | compact | -",
                        "lineage-queries | query id | LineageQuery | delete | 1 d",
                        "lineage-candidates | query id | LineageCandidates | delete | 1 d",
                        "confirmation-requests | model version id | ConfirmationRequest | delete | 7 d",
                        "confirmations | model version id | Confirmation | delete | 7 d",
                        "reads-in-progress | purpose and model version id | ReadInProgress | compact | -",
                        "lineage-reports | model version id | LineageReport | delete | -",
                        "lineage-alerts | alert id | LineageAlert | compact | -",
                        "alert-actions | alert id | AlertAction | delete | -",
                        "alert-deliveries | channel | AlertDelivery | delete | 90 d",
                        "policy-versions | policy version | PolicyVersion | delete | -",
                        "policy-applications | application id | PolicyApplication | delete | -",
                        "policy-exceptions | exception id | PolicyException | compact | -",
                        "audit-entries | subject | AuditEntry | delete | -",
                        "api-tokens | token id | ApiToken | compact | -",
                        "email-preferences | channel and address | EmailPreference | compact | -",
                        "quarantined-models | model id, or model version id | QuarantinedModel | compact | -",
                        "replays | replay id | Replay | compact | -",
                        "replayed-reports | replay id | ReplayedReport | delete | 90 d",
                        "dead-letters | origin topic/partition/offset | DeadLetter | delete | 90 d");
    }

    @Test
    void keepTheAuditTrailForEver() {
        assertThat(Topics.all())
                .filteredOn(Topic::keepsEverything)
                .containsExactly(
                        Topics.MODEL_UPLOADS,
                        Topics.MODEL_CHANGES,
                        Topics.LINEAGE_REPORTS,
                        Topics.ALERT_ACTIONS,
                        Topics.POLICY_VERSIONS,
                        Topics.POLICY_APPLICATIONS,
                        Topics.AUDIT_ENTRIES)
                .allSatisfy(topic -> assertThat(topic.settings())
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1")));
    }

    @Test
    void compactTablesWithinTwoHours() {
        assertThat(Topics.POLICY_EXCEPTIONS.settings())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cleanup.policy", "compact", "segment.ms", "3600000", "max.compaction.lag.ms", "3600000"));
    }

    @Test
    void keepWhatAReplayReadsForADayAfterItWasReplaced() {
        assertThat(Topics.all())
                .filteredOn(topic -> topic.history() != null)
                .containsExactly(Topics.MODEL_FINGERPRINTS, Topics.LINEAGE_ALERTS);
        assertThat(Topics.MODEL_FINGERPRINTS.settings())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cleanup.policy", "compact",
                        "segment.ms", "3600000",
                        "min.compaction.lag.ms", "86400000",
                        "max.compaction.lag.ms", "90000000"));
    }

    @Test
    void dropWhatIsOlderThanTheRetention() {
        assertThat(Topics.LINEAGE_QUERIES.settings()).containsEntry("retention.ms", "86400000");
        assertThat(Topics.DEAD_LETTERS.settings()).containsEntry("retention.ms", "7776000000");
    }

    @Test
    void takeThePrefixInNameAndSubject() {
        assertThat(Topics.MODEL_UPLOADS.name("acme.")).isEqualTo("acme.model-uploads");
        assertThat(Topics.MODEL_UPLOADS.subject("acme.")).isEqualTo("acme.model-uploads-value");
        assertThat(new KafkaConfig("broker:9092", "acme.", Map.of()).topic(Topics.MODEL_UPLOADS))
                .isEqualTo("acme.model-uploads");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme/", "a b", "ä", "x\n"})
    void refuseAPrefixThatNoTopicMayHave(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KafkaConfig("broker:9092", prefix, Map.of()))
                .withMessageContaining("expected at most 249 letters");
    }

    @Test
    void refuseAPrefixThatMakesANameTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KafkaConfig("broker:9092", "p".repeat(240), Map.of()));
    }

    @Test
    void haveSchemasWithoutWhatOnlyJavaNeeds() {
        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(topic.schema().toString())
                        .doesNotContain("avro.java.string")
                        .contains("\"doc\":"));
    }
}
