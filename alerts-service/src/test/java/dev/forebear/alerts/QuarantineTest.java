package dev.forebear.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.alerts.access.AccessConfig;
import dev.forebear.alerts.delivery.ChannelBook;
import dev.forebear.alerts.delivery.RetryPolicy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.QuarantinedModel;
import dev.forebear.schemas.wire.Resolution;
import dev.forebear.schemas.wire.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {

    private static final String BASE = "internal/acme/base";

    @TempDir
    static Path data;

    static Wire broker;

    private WireConfig wire;
    private String policy = "rules: {}";

    @BeforeAll
    static void startBroker() {
        broker = new Wire(data);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        wire = broker.create("q" + UUID.randomUUID().toString().substring(0, 8) + ".");
    }

    @Test
    void alarmsEveryDescendantPastAndFutureUntilItIsLifted() throws Exception {
        try (var service = start("one")) {
            family();
            broker.write(wire, Topics.QUARANTINED_MODELS, BASE, quarantine(null).build());
            await().untilAsserted(() -> assertThat(titles())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            BASE,
                            "CRITICAL Quarantined: internal/acme/base@1",
                            "internal/twin",
                            "CRITICAL Quarantined weights: internal/twin@1 has the weights of"
                                    + " internal/acme/base@unknown",
                            "internal/child",
                            "CRITICAL Quarantined ancestor: internal/child@1 descends from" + " internal/acme/base@1",
                            "internal/grandchild",
                            "CRITICAL Quarantined ancestor: internal/grandchild@1 descends"
                                    + " from internal/acme/base@1",
                            "internal/unread",
                            "HIGH Quarantined ancestor, as declared: internal/unread@1 from" + " internal/acme/base@1",
                            "internal/told-child",
                            "HIGH Quarantined ancestor, as declared: internal/told-child@1"
                                    + " from internal/acme/base@1")));
            assertThat(last().values()).allSatisfy(alert -> {
                assertThat(alert.getBaseModelId()).isEqualTo(BASE);
                assertThat(alert.getExplanation()).contains("by ana@example.com: backdoor");
            });

            broker.report(wire, Reports.of("later@1", parent("grandchild")));
            await().until(() -> last().containsKey("internal/later"));

            broker.write(
                    wire,
                    Topics.QUARANTINED_MODELS,
                    BASE,
                    quarantine(null)
                            .setLiftedBy("bo@example.com")
                            .setLiftedAt(now())
                            .build());
            await().untilAsserted(() -> assertThat(last().values())
                    .hasSize(7)
                    .extracting(LineageAlert::getResolution)
                    .containsOnly(Resolution.FINDING_GONE));
        }
    }

    @Test
    void findsWhoDescendsThoughItWasQuarantinedWhileNobodyLooked() throws Exception {
        try (var service = start("one")) {
            family();
        }
        broker.write(
                wire, Topics.QUARANTINED_MODELS, BASE + "@1", quarantine("1").build());
        try (var service = start("one")) {
            await().until(() -> last().size() == 6);
        }
    }

    @Test
    void coversByExceptionsAndLeavesAloneWhomThePolicyExcepts() throws Exception {
        policy = "rules: {quarantined-ancestor: {except: [internal/grandchild], severity: high}}";
        PolicyException exception =
                Exceptions.on("internal/child").setBaseModelId(BASE).build();
        try (var service = start("one")) {
            family();
            broker.write(wire, Topics.POLICY_EXCEPTIONS, exception.getExceptionId(), exception);
            broker.write(wire, Topics.QUARANTINED_MODELS, BASE, quarantine(null).build());
            await().until(() -> last().size() == 5);
        }
        assertThat(last()).doesNotContainKey("internal/grandchild");
        assertThat(last().get("internal/child").getResolution()).isEqualTo(Resolution.EXCEPTED);
        assertThat(last().get("internal/unread").getState()).isEqualTo(AlertState.OPEN);
    }

    /** A base, what is proven to descend from it in two steps, its copy, and what only says that it does. */
    private void family() {
        broker.report(wire, Reports.of("acme/base@1"));
        broker.report(wire, Reports.of("child@1", parent("acme/base")));
        broker.report(wire, Reports.of("grandchild@1", parent("child")));
        broker.report(
                wire,
                Reports.of(
                        "twin@1",
                        LineageMatch.newBuilder(parent("acme/base"))
                                .setVerdict(Verdict.SAME_WEIGHTS)
                                .build()));
        broker.report(
                wire,
                Reports.builder("unread@1", 1)
                        .setDeclaredBases(Reports.declared("acme/base"))
                        .setNotAnalysed(Reports.malformed())
                        .build());
        broker.report(wire, Reports.of("told-child@1", parent("unread")));
    }

    private static LineageMatch parent(String name) {
        return Reports.match(name)
                .setModelVersionId(ModelVersionId.of("internal", name, "1").toString())
                .setRegistry("internal")
                .setVersion("1")
                .setNearest(true)
                .setParent(true)
                .build();
    }

    private static QuarantinedModel.Builder quarantine(String version) {
        return QuarantinedModel.newBuilder()
                .setModelId(BASE)
                .setVersion(version)
                .setReason("backdoor")
                .setQuarantinedBy("ana@example.com")
                .setQuarantinedAt(now());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private AlertsService start(String instance) throws InterruptedException {
        return AlertsService.start(new AlertsConfig(
                wire,
                ListenAddress.anyLoopbackPort(),
                null,
                AccessConfig.open(),
                data.resolve(wire.kafka().topicPrefix() + instance),
                PolicySource.of(PolicyFile.parse("policy.yaml", policy)),
                ChannelBook.empty(),
                null,
                RetryPolicy.standard()));
    }

    private Map<String, String> titles() {
        Map<String, String> titles = new TreeMap<>();
        last().forEach((model, alert) -> titles.put(model, alert.getSeverity() + " " + alert.getTitle()));
        return titles;
    }

    /** The alerts in their last state, by model; each has one. */
    private Map<String, LineageAlert> last() {
        Map<String, LineageAlert> last = new TreeMap<>();
        List<LineageAlert> all = broker.read(wire, Topics.LINEAGE_ALERTS);
        all.forEach(alert -> last.put(alert.getDerivedModelId(), alert));
        return last;
    }
}
