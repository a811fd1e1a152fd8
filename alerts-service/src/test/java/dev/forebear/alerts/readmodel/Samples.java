package dev.forebear.alerts.readmodel;

import static dev.forebear.alerts.Reports.UPLOADED;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.ToldAlert;
import dev.forebear.schemas.wire.Verdict;
import java.time.Instant;
import java.util.List;

/** Records as the services write them, for tests. */
public final class Samples {

    private Samples() {}

    /** An announcement of {@code <registry>/<name>@<version>}. */
    public static ModelUploaded.Builder upload(String modelVersionId, String eventId) {
        ModelVersionId id = ModelVersionId.parse(modelVersionId);
        return ModelUploaded.newBuilder()
                .setEventId(eventId)
                .setModelVersionId(modelVersionId)
                .setRegistry(id.registry())
                .setName(id.name())
                .setVersion(id.version())
                .setLocation("s3://models/" + id.name() + "/" + id.version() + "/")
                .setSender("mlflow")
                .setLane(Lane.INTERACTIVE)
                .setDeclaredBases(List.of())
                .setUploadedAt(UPLOADED)
                .setReceivedAt(UPLOADED)
                .setCorrelationId("c1");
    }

    /** The answer to an announcement, without features. */
    public static ModelFingerprint.Builder fingerprint(String modelVersionId, String eventId) {
        ModelVersionId id = ModelVersionId.parse(modelVersionId);
        return ModelFingerprint.newBuilder()
                .setModelVersionId(modelVersionId)
                .setRegistry(id.registry())
                .setName(id.name())
                .setVersion(id.version())
                .setLocation("s3://models/" + id.name() + "/" + id.version() + "/")
                .setUploadEventId(eventId)
                .setDeclaredBases(List.of())
                .setLicence("mit")
                .setLane(Lane.INTERACTIVE)
                .setUploadedAt(UPLOADED)
                .setFingerprintedAt(UPLOADED.plusSeconds(1))
                .setBytesRead(41_943_040)
                .setRequests(412)
                .setElapsedMillis(840)
                .setCorrelationId("c1");
    }

    /** What a registry told of a model at that time. */
    public static ModelChanged.Builder change(String registry, String name, ModelChangeKind kind, Instant at) {
        return ModelChanged.newBuilder()
                .setEventId(kind + " " + name + " " + at)
                .setRegistry(registry)
                .setName(name)
                .setChange(kind)
                .setDeclaredBases(List.of())
                .setSender("mlflow")
                .setChangedAt(at)
                .setReceivedAt(at)
                .setCorrelationId("c1");
    }

    /** An open alert on {@code internal/helios-7b@v4}, owed to nobody. */
    public static LineageAlert.Builder alert(String alertId) {
        return LineageAlert.newBuilder()
                .setAlertId(alertId)
                .setRule("undisclosed-ancestor")
                .setSeverity(Severity.HIGH)
                .setState(AlertState.OPEN)
                .setDerivedModelId("internal/helios-7b")
                .setDerivedModelVersionId("internal/helios-7b@v4")
                .setBaseModelId("hub/quarry-ai/basalt-7b")
                .setBaseModelVersionId("hub/quarry-ai/basalt-7b@main")
                .setVersions(List.of(new AlertVersion("internal/helios-7b@v4", "internal/helios-7b@v4#1", UPLOADED)))
                .setVerdict(Verdict.DERIVED)
                .setLog10EValue(-78.1)
                .setTitle("Undisclosed ancestor")
                .setExplanation("The weights agree.")
                .setReportId("internal/helios-7b@v4#1")
                .setRevision(1)
                .setRevisedAt(UPLOADED)
                .setOpenedAt(UPLOADED)
                .setUpdatedAt(UPLOADED)
                .setCorrelationId("c1");
    }

    /** An attempt to tell a channel of revisions of alerts. */
    public static AlertDelivery.Builder delivery(
            String messageId, String channel, DeliveryOutcome outcome, int attempt, ToldAlert... told) {
        return AlertDelivery.newBuilder()
                .setAlertId(told.length == 0 ? "" : told[0].getAlertId())
                .setMessageId(messageId)
                .setChannel(channel)
                .setState(AlertState.OPEN)
                .setOutcome(outcome)
                .setAttempt(attempt)
                .setTells(List.of(told))
                .setAt(UPLOADED.plusSeconds(attempt));
    }
}
