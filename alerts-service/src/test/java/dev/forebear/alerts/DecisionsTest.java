package dev.forebear.alerts;

import static dev.forebear.alerts.Reports.base;
import static dev.forebear.alerts.Reports.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.forebear.alerts.access.AccessConfig;
import dev.forebear.alerts.delivery.ChannelBook;
import dev.forebear.alerts.delivery.RetryPolicy;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.TopicFollower;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.PolicyApplication;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.PolicyVersion;
import dev.forebear.schemas.wire.Resolution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionsTest {

    private static final String RULE = "undisclosed-ancestry";
    private static final Policy UNDISCLOSED = PolicyFile.parse("policy.yaml", "rules: {undisclosed-ancestry: {}}");
    private static final String HELIOS = AlertId.of("internal/helios-7b", RULE, "hub/basalt");

    @TempDir
    static Path data;

    static Wire broker;

    private WireConfig wire;
    private PolicySource policy = PolicySource.of(UNDISCLOSED);

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
        wire = broker.create("d" + UUID.randomUUID().toString().substring(0, 8) + ".");
    }

    @Test
    void appliesActionsWhoeverOwnsTheModelAndHandsModelsOver() throws Exception {
        List<String> models = List.of("a", "b", "c", "d", "e", "f");
        try (var first = start("first")) {
            try (var second = start("second")) {
                models.forEach(model -> broker.report(wire, Reports.of(model + "@1", base("basalt"))));
                await().until(() -> last().size() == models.size());
                models.forEach(model -> act(id(model), AlertActionKind.ACKNOWLEDGE, "ack-" + model));
                await().until(() -> states().stream().allMatch(AlertState.ACKNOWLEDGED::equals));
            }
            models.forEach(model -> act(id(model), AlertActionKind.REOPEN, "reopen-" + model));
            models.forEach(model -> broker.report(wire, Reports.of(model + "@2", base("basalt"))));

            await().until(() -> last().values().stream()
                    .allMatch(alert -> alert.getState() == AlertState.OPEN
                            && alert.getVersions().size() == 2));
        }
        assertThat(last().values()).allSatisfy(alert -> {
            assertThat(alert.getRevision()).isEqualTo(1);
            assertThat(alert.getStateBy()).isEqualTo("ana@example.com");
        });
    }

    @Test
    void appliesInTheirOrderWhatPeopleDidWhileItWasDownAndEachOnce() throws Exception {
        try (var service = start("one")) {
            broker.report(wire, Reports.of("helios-7b@v4", base("basalt")));
            await().until(() -> last().containsKey(HELIOS));
        }
        act(HELIOS, AlertActionKind.ACKNOWLEDGE, "1");
        act(HELIOS, AlertActionKind.RESOLVE, "2");
        act(HELIOS, AlertActionKind.ACKNOWLEDGE, "3");
        act(HELIOS, AlertActionKind.REOPEN, "4");
        act(HELIOS, AlertActionKind.ACKNOWLEDGE, "1");
        act("al_unknown", AlertActionKind.RESOLVE, "5");
        try (var service = start("one")) {
            await().until(() -> notes().size() == 2);
        }
        try (var service = start("two")) {
            broker.report(wire, Reports.of("other@1", base("basalt")));
            await().until(() -> last().size() == 2);
        }

        assertThat(last().get(HELIOS).getState()).isEqualTo(AlertState.OPEN);
        assertThat(notes())
                .extracting(AuditEntry::getSubject, AuditEntry::getDetail)
                .containsExactlyInAnyOrder(
                        tuple(HELIOS, "ignored: the alert is resolved"),
                        tuple("al_unknown", "ignored: there is no such alert"));
    }

    @Test
    void coversByAnExceptionAndResurfacesWhenItLapsesOrIsRevoked() throws Exception {
        try (var service = start("one")) {
            broker.report(wire, Reports.of("helios-7b@v4", base("basalt")));
            await().until(() -> last().containsKey(HELIOS));
            PolicyException exception = Exceptions.on("internal/helios-7b")
                    .setExpiresAt(Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS))
                    .build();
            grant(exception);
            await().until(() -> last().get(HELIOS).getResolution() == Resolution.EXCEPTED);

            await().until(() -> last().get(HELIOS).getState() == AlertState.OPEN);
            assertThat(last().get(HELIOS).getRevision()).isEqualTo(3);
            assertThat(last().get(HELIOS).getStateReason()).contains("lapsed");
            await().untilAsserted(() -> assertThat(audit("exception.lapsed"))
                    .singleElement()
                    .extracting(AuditEntry::getAuthor, AuditEntry::getAt)
                    .containsExactly("forebear", exception.getExpiresAt()));

            PolicyException second =
                    Exceptions.from(RULE).setExceptionId("ex_2").build();
            grant(second);
            await().until(() -> last().get(HELIOS).getResolution() == Resolution.EXCEPTED);
            grant(PolicyException.newBuilder(second)
                    .setRevokedBy("ana@example.com")
                    .setRevokedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                    .build());
            await().until(() -> last().get(HELIOS).getState() == AlertState.OPEN);
            assertThat(last().get(HELIOS).getStateReason()).contains("revoked by ana@example.com");
        }
    }

    @Test
    void endsASnoozeAtItsTime() throws Exception {
        try (var service = start("one")) {
            broker.report(wire, Reports.of("helios-7b@v4", base("basalt")));
            await().until(() -> last().containsKey(HELIOS));
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            write(action(HELIOS, AlertActionKind.SNOOZE, "1")
                    .setAt(now)
                    .setUntil(now.plusSeconds(2))
                    .build());
            await().until(() -> last().get(HELIOS).getState() == AlertState.SNOOZED);
            await().until(() -> last().get(HELIOS).getState() == AlertState.OPEN);
        }

        assertThat(last().get(HELIOS).getRevision()).isEqualTo(2);
    }

    @Test
    void decidesAgainOnDescendantsWhenAReportOnTheirAncestorChanges() throws Exception {
        policy = PolicySource.of(PolicyFile.parse("policy.yaml", """
            rules:
              disallowed-ancestor: {models: [hub/forbidden]}
            """));
        LineageReport onBase = Reports.of("base@1", base("forbidden"));
        LineageReport onChild = Reports.of(
                "child@1",
                match("base")
                        .setModelVersionId("internal/base@1")
                        .setRegistry("internal")
                        .setVersion("1")
                        .setNearest(true)
                        .setParent(true)
                        .build());
        try (var service = start("one")) {
            broker.report(wire, onChild);
            broker.report(wire, onBase);
            await().until(() -> last().size() == 2);
        }

        assertThat(last().values())
                .extracting(LineageAlert::getDerivedModelId, LineageAlert::getBaseModelId, LineageAlert::getDepth)
                .containsExactlyInAnyOrder(
                        tuple("internal/base", "hub/forbidden", 1), tuple("internal/child", "hub/forbidden", 2));
    }

    @Test
    void usesANewPolicyFromThenOnAndOnThePastOnlyWhenAsked() throws Exception {
        Path file = Files.writeString(data.resolve("policy.yaml"), "rules: {}");
        policy = PolicySource.file(file);
        try (var service = start("one")) {
            broker.report(wire, Reports.of("past@1", base("basalt")));
            await().until(() -> broker.read(wire, Topics.POLICY_VERSIONS).size() == 1);
            Files.writeString(file, "rules: {undisclosed-ancestry: {severity: urgent}}");
            await().until(() -> policy.problem().isPresent());
            assertThat(policy.problem().orElseThrow()).contains("the former policy stays", "policy.yaml:1:");
            Files.writeString(file, "rules: {undisclosed-ancestry: {severity: low}}");
            await().until(() -> broker.read(wire, Topics.POLICY_VERSIONS).size() == 2);
            assertThat(policy.problem()).isEmpty();

            broker.report(wire, Reports.of("helios-7b@v4", base("basalt")));
            await().until(() -> last().size() == 1);
            apply();
            await().until(() -> last().size() == 2);
        }

        assertThat(last().keySet()).containsExactlyInAnyOrder(HELIOS, id("past"));
        assertThat(last().get(id("past")).getRoutes()).isEmpty();
        assertThat(broker.read(wire, Topics.POLICY_VERSIONS))
                .extracting(PolicyVersion::getSource)
                .containsOnly("policy.yaml");
        assertThat(audit("policy.changed")).hasSize(2);
    }

    @Test
    void countsWhatAPolicyWouldChangeWithoutChangingIt() throws Exception {
        try (var service = start("one")) {
            broker.report(wire, Reports.of("helios-7b@v4", base("basalt")));
            broker.report(wire, Reports.of("other@1", base("basalt")));
            await().until(() -> last().size() == 2);
        }
        try (var model = ReadModel.open(data.resolve("counting").resolve("alerts.db"));
                var follower = TopicFollower.start(wire.kafka(), broker.schemas(), model)) {
            assertThat(follower.catchUp(Duration.ofSeconds(20))).isTrue();
            var counting = new Counting(wire.kafka(), broker.schemas(), model, InstantSource.system());
            Policy other = PolicyFile.parse("policy.yaml", """
                rules:
                  undisclosed-ancestry: {except: [hub/basalt]}
                  disallowed-ancestor: {models: [hub/basalt]}
                """);

            try (Count count = counting.begin(other, null)) {
                await().until(count::isDone);

                Effect effect = count.effect();
                assertThat(effect.counted()).isEqualTo(2);
                assertThat(effect.rules().get(RULE).resolves()).isEqualTo(2);
                assertThat(effect.rules().get("disallowed-ancestor").opens()).isEqualTo(2);
                assertThat(effect.rules().get("disallowed-ancestor").samples()).hasSize(2);
            }
            try (Count count = counting.begin(UNDISCLOSED, RULE)) {
                await().until(count::isDone);
                assertThat(count.effect().rules().get(RULE).stays()).isEqualTo(2);
            }
        }
        assertThat(states()).containsOnly(AlertState.OPEN);
    }

    @Test
    void gathersVersionsAndTakesTheWordsOfOneThatStillHasTheFinding() throws Exception {
        try (var service = start("one")) {
            broker.report(wire, Reports.of("helios-7b@v4", base("basalt")));
            broker.report(
                    wire,
                    Reports.builder("helios-7b@v5", 2)
                            .setMatches(List.of(base("basalt")))
                            .build());
            await().until(() -> versions().size() == 2);
            broker.report(wire, Reports.builder("helios-7b@v5", 3).build());

            await().until(() -> last().get(HELIOS).getTitle().contains("helios-7b@v4"));
            assertThat(versions()).containsExactly("internal/helios-7b@v4");
            assertThat(last().get(HELIOS).getState()).isEqualTo(AlertState.OPEN);
        }
    }

    private AlertsService start(String instance) throws InterruptedException {
        return AlertsService.start(new AlertsConfig(
                wire,
                ListenAddress.anyLoopbackPort(),
                null,
                AccessConfig.open(),
                data.resolve(wire.kafka().topicPrefix() + instance),
                policy,
                ChannelBook.empty(),
                null,
                RetryPolicy.standard()));
    }

    private static String id(String model) {
        return AlertId.of("internal/" + model, RULE, "hub/basalt");
    }

    private void act(String alertId, AlertActionKind kind, String actionId) {
        write(action(alertId, kind, actionId).build());
    }

    private static AlertAction.Builder action(String alertId, AlertActionKind kind, String actionId) {
        return AlertAction.newBuilder()
                .setAlertId(alertId)
                .setKind(kind)
                .setAuthor("ana@example.com")
                .setActionId(actionId)
                .setVia("api")
                .setAt(Reports.UPLOADED.plusSeconds(3_600));
    }

    private void write(AlertAction action) {
        broker.write(wire, Topics.ALERT_ACTIONS, action.getAlertId(), action);
    }

    private void grant(PolicyException exception) {
        broker.write(wire, Topics.POLICY_EXCEPTIONS, exception.getExceptionId(), exception);
    }

    private void apply() {
        broker.write(
                wire,
                Topics.POLICY_APPLICATIONS,
                "1",
                PolicyApplication.newBuilder()
                        .setApplicationId("1")
                        .setPolicyVersion(policy.current().version())
                        .setNotify(false)
                        .setRequestedBy("ana@example.com")
                        .setRequestedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                        .build());
    }

    private Map<String, LineageAlert> last() {
        Map<String, LineageAlert> last = new LinkedHashMap<>();
        broker.read(wire, Topics.LINEAGE_ALERTS).forEach(alert -> last.put(alert.getAlertId(), alert));
        return last;
    }

    private List<AlertState> states() {
        return last().values().stream().map(LineageAlert::getState).toList();
    }

    private List<String> versions() {
        LineageAlert alert = last().get(HELIOS);
        return alert == null
                ? List.of()
                : alert.getVersions().stream()
                        .map(AlertVersion::getModelVersionId)
                        .toList();
    }

    private List<AuditEntry> notes() {
        return broker.read(wire, Topics.AUDIT_ENTRIES).stream()
                .filter(AuditEntry::getRefused)
                .toList();
    }

    private List<AuditEntry> audit(String action) {
        return broker.read(wire, Topics.AUDIT_ENTRIES).stream()
                .filter(entry -> entry.getAction().equals(action))
                .toList();
    }
}
