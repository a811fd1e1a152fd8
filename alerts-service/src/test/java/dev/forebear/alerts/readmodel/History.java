package dev.forebear.alerts.readmodel;

import static dev.forebear.alerts.Reports.UPLOADED;
import static dev.forebear.alerts.readmodel.Samples.alert;
import static dev.forebear.alerts.readmodel.Samples.delivery;
import static dev.forebear.alerts.readmodel.Samples.fingerprint;
import static dev.forebear.alerts.readmodel.Samples.upload;

import dev.forebear.alerts.Reports;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.ApiToken;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.EmailPreference;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.PolicyApplication;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.PolicyVersion;
import dev.forebear.schemas.wire.QuarantinedModel;
import dev.forebear.schemas.wire.Role;
import dev.forebear.schemas.wire.TokenKind;
import dev.forebear.schemas.wire.ToldAlert;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records of every topic in which whatever can cross does: renamed models, late confirmations, deletions, retries. */
final class History {

    /** Revisions older than what the topic of deliveries remembers are owed to nobody. */
    private static final Instant NOW = Instant.now().minusSeconds(60);

    /** A record, or a deletion where the value is null. */
    record Entry<V extends SpecificRecord>(
            Topic<V> topic, String key, @Nullable V value) {}

    private final List<Entry<?>> entries = new ArrayList<>();

    private History() {}

    static List<Entry<?>> entries() {
        var history = new History();
        for (int i = 0; i < 6; i++) {
            history.model(i);
        }
        history.changes();
        history.erasure();
        for (int i = 0; i < 4; i++) {
            history.alerts(i);
        }
        history.people();
        return history.entries;
    }

    private void model(int i) {
        String name = "model-" + i;
        String id = "internal/" + name + "@v1";
        add(
                Topics.MODEL_UPLOADS,
                "internal/" + name,
                upload(id, "e" + i)
                        .setStableId("s" + i)
                        .setVisibility("private")
                        .build());
        add(
                Topics.MODEL_UPLOADS,
                "internal/" + name,
                upload(id, "e" + i).setReceivedAt(UPLOADED.plusSeconds(9)).build());
        add(Topics.MODEL_FINGERPRINTS, id, fingerprint(id, "e" + i).build());
        var first = Reports.builder(name + "@v1", 1)
                .setMatches(List.of(Reports.match("quarry-ai/basalt-7b")
                        .setParent(true)
                        .setNearest(true)
                        .build()))
                .setDeclaredBases(Reports.declared("quarry-ai/basalt-7b", "nobody/nothing"))
                .setConfirmation(ConfirmationState.PENDING);
        LineageReport pending = first.build();
        add(Topics.LINEAGE_REPORTS, "internal/" + name, pending);
        if (i % 2 == 0) {
            add(Topics.LINEAGE_REPORTS, "internal/" + name, revision(name));
        }
        add(
                Topics.LINEAGE_REPORTS,
                "internal/" + name,
                first.setConfirmation(ConfirmationState.CONFIRMED).build());
        if (i % 3 == 0) {
            add(Topics.MODEL_FINGERPRINTS, id, null);
        }
        if (i == 4) {
            add(
                    Topics.MODEL_UPLOADS,
                    "internal/" + name,
                    upload(id, "again")
                            .setUploadedAt(UPLOADED.plusSeconds(60))
                            .setReceivedAt(UPLOADED.plusSeconds(61))
                            .build());
        }
        String orphan = "hub/reference-" + i + "@main";
        add(Topics.MODEL_FINGERPRINTS, orphan, fingerprint(orphan, "").build());
        if (i == 5) {
            add(Topics.MODEL_FINGERPRINTS, orphan, null);
        }
    }

    private static LineageReport revision(String name) {
        return Reports.builder(name + "@v1", 2)
                .setMatches(List.of(
                        Reports.match("quarry-ai/basalt-7b")
                                .setParent(true)
                                .setNearest(true)
                                .build(),
                        Reports.match("other/granite").setDeclared(true).build()))
                .build();
    }

    private void changes() {
        change(moved("model-0", "renamed-0", 10));
        change(moved("renamed-0", "again-0", 20));
        change(moved("model-1", "there-1", 10));
        change(moved("there-1", "model-1", 20));
        change(change("by-id-2", ModelChangeKind.MOVED, 30).setStableId("s2"));
        change(change("again-0", ModelChangeKind.DELETED, 40));
        change(change("model-3", ModelChangeKind.DELETED, 40).setVersion("v1"));
        change(change("model-4", ModelChangeKind.DELETED, 40));
        change(change("renamed-0", ModelChangeKind.VISIBILITY_CHANGED, 15).setVisibility("public"));
        change(change("model-5", ModelChangeKind.VISIBILITY_CHANGED, 15).setVisibility("public"));
        change(change("model-5", ModelChangeKind.VISIBILITY_CHANGED, 16)
                .setVersion("v1")
                .setVisibility("private"));
    }

    /** A model that is erased, of which a worker tells once more, and that is uploaded again in another version. */
    private void erasure() {
        String id = "internal/gone@v1";
        LineageReport report = Reports.builder("gone@v1", 1)
                .setMatches(List.of(Reports.base("quarry-ai/basalt-7b")))
                .setDeclaredBases(Reports.declared("quarry-ai/basalt-7b"))
                .build();
        add(Topics.MODEL_UPLOADS, "internal/gone", upload(id, "gone").build());
        add(Topics.MODEL_FINGERPRINTS, id, fingerprint(id, "gone").build());
        add(Topics.LINEAGE_REPORTS, "internal/gone", report);
        change(change("gone", ModelChangeKind.ERASED, 100));
        add(Topics.MODEL_FINGERPRINTS, id, null);
        add(Topics.MODEL_FINGERPRINTS, id, fingerprint(id, "gone").build());
        add(Topics.LINEAGE_REPORTS, "internal/gone", report);
        add(
                Topics.MODEL_UPLOADS,
                "internal/gone",
                upload("internal/gone@v2", "again")
                        .setUploadedAt(UPLOADED.plusSeconds(200))
                        .build());
    }

    private void alerts(int i) {
        String id = "al_" + i;
        var alert =
                alert(id).setRevisedAt(NOW).setRoutes(List.of("slack", "mail")).setBaseFamily("basalt");
        add(Topics.LINEAGE_ALERTS, id, alert.build());
        tell("m" + i, "slack", DeliveryOutcome.RETRYING, 1, i, 1);
        tell("m" + i, "slack", DeliveryOutcome.DELIVERED, 2, i, 1);
        tell("m" + i, "slack", DeliveryOutcome.RETRYING, 3, i, 1);
        add(
                Topics.ALERT_ACTIONS,
                id,
                new AlertAction(id, AlertActionKind.ACKNOWLEDGE, "ana", "seen", null, NOW, "a" + i, false, "page"));
        add(
                Topics.LINEAGE_ALERTS,
                id,
                alert.setRevision(2).setState(AlertState.ACKNOWLEDGED).build());
        if (i % 2 == 0) {
            tell("n" + i, "slack", DeliveryOutcome.FAILED, 1, i, 2);
            tell("o" + i, "mail", DeliveryOutcome.RETRYING, 1, i, 2);
        }
        if (i == 3) {
            add(Topics.LINEAGE_ALERTS, id, null);
        }
    }

    private void people() {
        add(Topics.POLICY_VERSIONS, "p1", new PolicyVersion("p1", "rules: {}", "standard", NOW));
        add(Topics.POLICY_VERSIONS, "p2", new PolicyVersion("p2", "rules: {a: b}", "policy.yaml", NOW));
        add(Topics.POLICY_VERSIONS, "p1", new PolicyVersion("p1", "rules: {}", "standard", NOW.plusSeconds(1)));
        add(Topics.POLICY_APPLICATIONS, "pa", new PolicyApplication("pa", null, "p1", true, "ana", NOW));
        for (String id : List.of("ex1", "ex2")) {
            var exception = PolicyException.newBuilder()
                    .setExceptionId(id)
                    .setDerivedModelId("internal/model-0")
                    .setOwner("ana")
                    .setReason("bought")
                    .setExpiresAt(NOW.plusSeconds(900))
                    .setGrantedBy("bo")
                    .setGrantedAt(NOW);
            add(Topics.POLICY_EXCEPTIONS, id, exception.build());
            add(
                    Topics.POLICY_EXCEPTIONS,
                    id,
                    exception.setRevokedBy("ana").setRevokedAt(NOW).build());
            var token = ApiToken.newBuilder()
                    .setTokenId("t" + id)
                    .setKind(TokenKind.API)
                    .setName("ci")
                    .setRole(Role.VIEWER)
                    .setHash(ByteBuffer.wrap(new byte[] {1, 2, -3}))
                    .setCreatedBy("ana")
                    .setCreatedAt(NOW)
                    .build();
            add(Topics.API_TOKENS, "t" + id, token);
            add(
                    Topics.EMAIL_PREFERENCES,
                    "mail " + id + "@example.com",
                    new EmailPreference("mail", id + "@example.com", false, NOW));
            add(
                    Topics.AUDIT_ENTRIES,
                    id,
                    new AuditEntry(
                            "au" + id, "ana", Role.ADMIN, "exception.granted", id, null, false, "page", null, NOW));
        }
        for (String model : List.of("hub/bad", "hub/worse@v1", "hub/good")) {
            var parts = model.split("@");
            var quarantine = QuarantinedModel.newBuilder()
                    .setModelId(parts[0])
                    .setVersion(parts.length == 1 ? null : parts[1])
                    .setReason("backdoor")
                    .setQuarantinedBy("ana")
                    .setQuarantinedAt(NOW);
            add(Topics.QUARANTINED_MODELS, model, quarantine.build());
            add(
                    Topics.QUARANTINED_MODELS,
                    model,
                    quarantine.setLiftedBy("bo").setLiftedAt(NOW).build());
        }
        add(Topics.QUARANTINED_MODELS, "hub/good", null);
        add(Topics.POLICY_EXCEPTIONS, "ex2", null);
        add(Topics.API_TOKENS, "tex2", null);
        add(Topics.EMAIL_PREFERENCES, "mail ex2@example.com", null);
        add(
                Topics.DEAD_LETTERS,
                "x/0/1",
                DeadLetter.newBuilder()
                        .setStage("fingerprint-worker")
                        .setReason("malformed")
                        .setMessage("x")
                        .setOriginTopic("x")
                        .setOriginPartition(0)
                        .setOriginOffset(1)
                        .setHeaders(List.of())
                        .setAttempts(1)
                        .setAt(NOW)
                        .build());
    }

    private void tell(String message, String channel, DeliveryOutcome outcome, int attempt, int alert, int revision) {
        var told = new ToldAlert("al_" + alert, revision, AlertState.OPEN);
        add(
                Topics.ALERT_DELIVERIES,
                channel,
                delivery(message, channel, outcome, attempt, told).build());
    }

    private void change(ModelChanged.Builder change) {
        add(Topics.MODEL_CHANGES, "internal/" + change.getName(), change.build());
    }

    private static ModelChanged.Builder moved(String from, String to, int seconds) {
        return change(to, ModelChangeKind.MOVED, seconds).setFormerName(from);
    }

    private static ModelChanged.Builder change(String name, ModelChangeKind kind, int seconds) {
        return Samples.change("internal", name, kind, UPLOADED.plusSeconds(seconds));
    }

    private <V extends SpecificRecord> void add(Topic<V> topic, String key, @Nullable V value) {
        entries.add(new Entry<>(topic, key, value));
    }
}
