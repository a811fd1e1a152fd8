package dev.forebear.alerts.api;

import static dev.forebear.alerts.Reports.UPLOADED;

import dev.forebear.alerts.Reports;
import dev.forebear.alerts.Wire;
import dev.forebear.alerts.readmodel.Samples;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.ArchitectureFeature;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.EvidenceFeatures;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ListingPurpose;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelShape;
import dev.forebear.schemas.wire.PeerFeatures;
import dev.forebear.schemas.wire.PolicyApplication;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.PolicyVersion;
import dev.forebear.schemas.wire.ReadInProgress;
import dev.forebear.schemas.wire.ReadPurpose;
import dev.forebear.schemas.wire.RecordHeader;
import dev.forebear.schemas.wire.RefusalCount;
import dev.forebear.schemas.wire.RegistryStatus;
import dev.forebear.schemas.wire.Resolution;
import dev.forebear.schemas.wire.Role;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.SignatureCheck;
import dev.forebear.schemas.wire.SignatureState;
import dev.forebear.schemas.wire.ToldAlert;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Topics of an organisation: basalt-7b on a hub, helios-7b in four versions made from it, what was made from helios, a
 * model that could not be read, one that waits, one whose name is an attack, and what was raised and done about them.
 */
final class FilledTopics {

    static final String BASALT = "hub/quarry-ai/basalt-7b@main";
    static final String HELIOS = "internal/helios-7b@v4";
    static final String CHILD = "internal/helios-chat@v1";
    static final String HOSTILE = "internal/<img src=x onerror=alert(1)>\u05d0//../%2e%2e/'\"&?#@1";
    static final int ALERTS = 8;

    private static final List<Severity> SEVERITIES = List.of(Severity.values());

    private final Wire broker;
    private final WireConfig wire;
    private final Instant now = Instant.now();

    private FilledTopics(Wire broker, WireConfig wire) {
        this.broker = broker;
        this.wire = wire;
    }

    static void fill(Wire broker, WireConfig wire) {
        var topics = new FilledTopics(broker, wire);
        topics.models();
        topics.alerts();
        topics.people();
        topics.operations();
    }

    /** An alert on the model; the number tells how severe it is, and in which state. */
    static LineageAlert.Builder alert(int number) {
        AlertState state = List.of(AlertState.values()).get(number % 4);
        return Samples.alert("al_%016x".formatted(number))
                .setSeverity(SEVERITIES.get(number / 2))
                .setState(state)
                .setRule(number % 2 == 0 ? "undisclosed-ancestor" : "licence-conflict")
                .setTeam(number < 4 ? "nlp" : null)
                .setRoutes(List.of("governance-slack", "nlp-team"))
                .setResolution(state == AlertState.RESOLVED ? Resolution.DECLARED : null)
                .setStateAt(state == AlertState.RESOLVED ? UPLOADED.plusSeconds(60) : null)
                .setBaseFamily("basalt")
                .setBasePublisher("quarry-ai")
                .setBaseLicence("apache-2.0")
                .setTitle("Undisclosed ancestor: " + HELIOS + " descends from " + BASALT + ", number " + number)
                .setVersions(List.of(
                        new AlertVersion("internal/helios-7b@v3", "internal/helios-7b@v3#1", UPLOADED),
                        new AlertVersion(HELIOS, HELIOS + "#1", UPLOADED.plusSeconds(30))))
                .setUpdatedAt(UPLOADED.plusSeconds(number))
                .setRevisedAt(Instant.now())
                .setPolicyVersion("sha256:000000000001");
    }

    private void models() {
        fingerprinted(BASALT, 0, "apache-2.0");
        for (int version = 1; version <= 4; version++) {
            String id = "internal/helios-7b@v" + version;
            fingerprinted(id, version, "mit");
            report(reportOn(id, parent(BASALT))
                    .setDeclaredBases(Reports.declared("quarry-ai/basalt-7b", "nobody/nothing"))
                    .build());
        }
        fingerprinted(CHILD, 5, "mit");
        report(reportOn(CHILD, parent(HELIOS), match(BASALT).build()).build());
        upload("internal/unread@v1", 6);
        write(
                Topics.MODEL_FINGERPRINTS,
                "internal/unread@v1",
                Samples.fingerprint("internal/unread@v1", "e6")
                        .setNotAnalysed(Reports.malformed())
                        .build());
        report(reportOn("internal/unread@v1")
                .setNotAnalysed(Reports.malformed())
                .build());
        upload("internal/waiting@v1", 7);
        upload(HOSTILE, 8);
        report(reportOn(HOSTILE, match(BASALT).setEffectSize(Double.NaN).build())
                .build());
        write(
                Topics.MODEL_CHANGES,
                "internal/helios-7b",
                Samples.change("internal", "helios-7b", ModelChangeKind.DELETED, now)
                        .setVersion("v1")
                        .build());
    }

    private void alerts() {
        for (int i = 0; i < ALERTS; i++) {
            LineageAlert alert = alert(i).build();
            write(Topics.LINEAGE_ALERTS, alert.getAlertId(), alert);
        }
        String first = alert(0).getAlertId();
        write(
                Topics.ALERT_ACTIONS,
                first,
                new AlertAction(
                        first,
                        AlertActionKind.COMMENT,
                        "ana",
                        "looking",
                        null,
                        UPLOADED.plusSeconds(40),
                        "a1",
                        false,
                        "page"));
        told("ms_1", "governance-slack", DeliveryOutcome.RETRYING, 1, first);
        told("ms_1", "governance-slack", DeliveryOutcome.DELIVERED, 2, first);
        told("ms_2", "nlp-team", DeliveryOutcome.FAILED, 1, alert(1).getAlertId());
    }

    private void told(String message, String channel, DeliveryOutcome outcome, int attempt, String alertId) {
        write(
                Topics.ALERT_DELIVERIES,
                channel,
                Samples.delivery(message, channel, outcome, attempt, new ToldAlert(alertId, 1, AlertState.OPEN))
                        .setStatusCode(outcome == DeliveryOutcome.RETRYING ? 429 : 200)
                        .setDetail(outcome == DeliveryOutcome.RETRYING ? "429, retry after 30 s" : null)
                        .setAt(now.minusSeconds(10 - attempt))
                        .build());
    }

    private void people() {
        for (int i = 1; i <= 2; i++) {
            String version = "sha256:00000000000" + i;
            write(
                    Topics.POLICY_VERSIONS,
                    version,
                    new PolicyVersion(version, "rules: {}\n# " + i, "policy.yaml", UPLOADED.plusSeconds(i)));
            write(
                    Topics.POLICY_APPLICATIONS,
                    "pa" + i,
                    new PolicyApplication("pa" + i, null, version, true, "ana", UPLOADED.plusSeconds(i)));
            exception(i);
            write(
                    Topics.AUDIT_ENTRIES,
                    "ex_" + i,
                    new AuditEntry(
                            "au" + i,
                            i == 1 ? "ana" : "bo",
                            Role.RESPONDER,
                            "exception.granted",
                            "ex_" + i,
                            "until then",
                            i == 2,
                            "page",
                            "192.0.2.7",
                            UPLOADED.plusSeconds(30L * i)));
        }
    }

    private void exception(int i) {
        write(
                Topics.POLICY_EXCEPTIONS,
                "ex_" + i,
                PolicyException.newBuilder()
                        .setExceptionId("ex_" + i)
                        .setDerivedModelId("internal/helios-7b")
                        .setDerivedVersion(i == 1 ? "v4" : null)
                        .setOwner("ana")
                        .setReason("bought")
                        .setExpiresAt(i == 1 ? now.plus(Duration.ofDays(30)) : now.minusSeconds(60))
                        .setGrantedBy("bo")
                        .setGrantedAt(UPLOADED)
                        .build());
    }

    private void operations() {
        write(
                Topics.DEAD_LETTERS,
                "model-uploads/0/1",
                DeadLetter.newBuilder()
                        .setStage("fingerprint-worker")
                        .setReason("undecodable")
                        .setMessage("model-uploads/0@1: schema id 77 is not registered")
                        .setOriginTopic("model-uploads")
                        .setOriginPartition(0)
                        .setOriginOffset(1)
                        .setKey(bytes("internal/<b>x</b>"))
                        .setValue(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 77, -1}))
                        .setHeaders(List.of(new RecordHeader("kind", bytes("webhook"))))
                        .setAttempts(3)
                        .setAt(now)
                        .build());
        write(
                Topics.REGISTRY_STATUS,
                "internal ingest-1",
                RegistryStatus.newBuilder()
                        .setRegistry("internal")
                        .setKind("mlflow")
                        .setInstance("ingest-1")
                        .setAt(now)
                        .setSince(UPLOADED)
                        .setLastEventAt(now)
                        .setLagMillis(740L)
                        .setAccepted(9)
                        .setIgnored(1)
                        .setPutAside(0)
                        .setRefused(List.of(new RefusalCount("bad-signature", 3L, now)))
                        .build());
        write(
                Topics.REGISTRY_LISTINGS,
                "internal BACKFILL",
                ListingProgress.newBuilder()
                        .setRegistry("internal")
                        .setPurpose(ListingPurpose.BACKFILL)
                        .setStartedAt(UPLOADED)
                        .setUpdatedAt(UPLOADED)
                        .setListed(9)
                        .setPublished(8)
                        .build());
        write(
                Topics.READS_IN_PROGRESS,
                "FINGERPRINT internal/waiting@v1",
                ReadInProgress.newBuilder()
                        .setModelVersionId("internal/waiting@v1")
                        .setPurpose(ReadPurpose.FINGERPRINT)
                        .setBytesRead(30)
                        .setStartedAt(now)
                        .setAt(now.plusSeconds(600))
                        .build());
    }

    private void upload(String id, int number) {
        write(
                Topics.MODEL_UPLOADS,
                ModelVersionId.parse(id).modelId(),
                Samples.upload(id, "e" + number)
                        .setUploadedBy("ana@example.com")
                        .setVisibility("private")
                        .setReceivedAt(now.minusSeconds(100 - number))
                        .build());
    }

    private void fingerprinted(String id, int number, String licence) {
        upload(id, number);
        write(
                Topics.MODEL_FINGERPRINTS,
                id,
                Samples.fingerprint(id, "e" + number)
                        .setLicence(licence)
                        .setFingerprint(fingerprint())
                        .setSignature(new SignatureCheck("model.sig", SignatureState.CONSISTENT, "all", 9, 7))
                        .build());
    }

    private static Fingerprint fingerprint() {
        var architecture = new ArchitectureFeature("a", "f", "MHA", "rmsnorm", "rope", false, false, 10_000.0, 1, 2);
        ByteBuffer cosines = ByteBuffer.wrap(new byte[] {127, -1, -64, 0, 0, 0});
        ByteBuffer empty = ByteBuffer.allocate(0);
        var peer = new PeerFeatures(
                architecture, null, cosines, List.of(), List.of(0.5f, 1f), "direct", 0, empty, List.of());
        var shape = new ModelShape("llama", 64, 2, 128, 4, 2, 16, 1024, 1, true, true, "BF16");
        return new Fingerprint(
                1,
                ByteBuffer.wrap(new byte[32]),
                215_000L,
                shape,
                peer,
                new EvidenceFeatures(null, null, null, List.of()));
    }

    private static LineageReport.Builder reportOn(String modelVersionId, LineageMatch... matches) {
        ModelVersionId id = ModelVersionId.parse(modelVersionId);
        return Reports.builder("any@v1", 1)
                .setReportId(modelVersionId + "#1")
                .setModelVersionId(modelVersionId)
                .setRegistry(id.registry())
                .setName(id.name())
                .setVersion(id.version())
                .setMatches(Arrays.asList(matches));
    }

    private static LineageMatch.Builder match(String modelVersionId) {
        ModelVersionId id = ModelVersionId.parse(modelVersionId);
        return Reports.match(id.name())
                .setModelVersionId(modelVersionId)
                .setRegistry(id.registry())
                .setVersion(id.version());
    }

    private static LineageMatch parent(String modelVersionId) {
        return match(modelVersionId)
                .setParent(true)
                .setNearest(true)
                .setRelation(new LineageRelation("fine-tuned", "all layers", List.of()))
                .build();
    }

    private void report(LineageReport report) {
        write(
                Topics.LINEAGE_REPORTS,
                ModelVersionId.parse(report.getModelVersionId()).modelId(),
                report);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private <V extends SpecificRecord> void write(Topic<V> topic, String key, V value) {
        broker.write(wire, topic, key, value);
    }
}
