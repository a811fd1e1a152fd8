package dev.forebear.alerts.projection;

import static dev.forebear.alerts.Reports.UPLOADED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.Reports;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    private static final String ID = "internal/helios-7b@v4";

    private final Projection projection = new Projection();

    @Test
    void followsAnUploadFromReceiptToReport() {
        projection.apply(upload("e1", UPLOADED));
        assertThat(progress()).isEqualTo(ModelHistory.Progress.RECEIVED);
        projection.apply(fingerprint("e1", UPLOADED, null));
        assertThat(progress()).isEqualTo(ModelHistory.Progress.FINGERPRINTED);
        projection.apply(new ReportEntry(Reports.of("helios-7b@v4"), 0, 0));
        assertThat(progress()).isEqualTo(ModelHistory.Progress.ANALYSED);
    }

    @Test
    void beginsAnewWhenTheVersionIsUploadedAgain() {
        projection.apply(upload("e1", UPLOADED));
        projection.apply(fingerprint("e1", UPLOADED, null));
        projection.apply(new ReportEntry(Reports.of("helios-7b@v4"), 0, 0));

        projection.apply(upload("e2", UPLOADED.plusSeconds(60)));

        assertThat(progress()).isEqualTo(ModelHistory.Progress.RECEIVED);
        assertThat(projection.model(ID).notAnalysed()).isNull();
    }

    @Test
    void saysWhyAModelWasNotAnalysed() {
        projection.apply(upload("e1", UPLOADED));
        projection.apply(fingerprint("e1", UPLOADED, Reports.malformed()));

        assertThat(progress()).isEqualTo(ModelHistory.Progress.NOT_ANALYSED);
        assertThat(projection.model(ID).notAnalysed().getReason()).isEqualTo("malformed");
        assertThat(projection.summary().notAnalysed()).isEqualTo(1);
    }

    @Test
    void keepsTheLatestReportsOnly() {
        for (int i = 1; i <= 6; i++) {
            projection.apply(new ReportEntry(Reports.builder("helios-7b@v4", i).build(), 0, i));
        }

        assertThat(projection.model(ID).reports())
                .extracting(ReportEntry::offset)
                .containsExactly(6L, 5L, 4L, 3L);
        assertThat(projection.report(ID + "#6")).isNotNull();
        assertThat(projection.report(ID + "#1")).isNull();
    }

    @Test
    void ignoresAReportThatItKnowsOrThatIsOlder() {
        projection.apply(new ReportEntry(Reports.builder("helios-7b@v4", 2).build(), 0, 7));
        projection.apply(new ReportEntry(Reports.builder("helios-7b@v4", 2).build(), 0, 7));
        projection.apply(new ReportEntry(Reports.builder("helios-7b@v4", 1).build(), 0, 3));

        assertThat(projection.model(ID).reports()).singleElement();
        assertThat(projection.isLatestReport(ID, 3)).isFalse();
        assertThat(projection.isLatestReport(ID, 7)).isTrue();
    }

    @Test
    void keepsAReportInItsLastWording() {
        var pending = Reports.builder("helios-7b@v4", 1).setConfirmation(ConfirmationState.PENDING);
        projection.apply(new ReportEntry(pending.build(), 0, 1));
        projection.apply(new ReportEntry(
                pending.setConfirmation(ConfirmationState.CONFIRMED).build(), 0, 2));

        assertThat(projection.model(ID).reports())
                .extracting(entry -> entry.report().getConfirmation())
                .containsExactly(ConfirmationState.CONFIRMED);
    }

    @Test
    void leavesOutTheConfirmationOfAReportThatWasRevisedMeanwhile() {
        projection.apply(new ReportEntry(Reports.builder("helios-7b@v4", 1).build(), 0, 1));
        projection.apply(new ReportEntry(Reports.builder("helios-7b@v4", 2).build(), 0, 2));
        var late = Reports.builder("helios-7b@v4", 1)
                .setConfirmation(ConfirmationState.CONFIRMED)
                .build();
        projection.apply(new ReportEntry(late, 0, 3));

        assertThat(projection.isLatestReport(ID, 2)).isTrue();
        assertThat(projection.isLatestReport(ID, 3)).isFalse();
    }

    @Test
    void takesAModelOutOfTheMatchesWhenARevisionFindsNone() {
        projection.apply(new ReportEntry(Reports.of("helios-7b@v4", Reports.base("basalt")), 0, 0));
        assertThat(projection.matchedReports(null, 10).total()).isEqualTo(1);

        projection.apply(new ReportEntry(Reports.builder("helios-7b@v4", 2).build(), 0, 1));

        assertThat(projection.matchedReports(null, 10).total()).isZero();
    }

    @Test
    void keepsDeliveriesThatCameBeforeTheirAlertOrTwice() {
        projection.apply(delivery(1, DeliveryOutcome.RETRYING));
        projection.apply(alert(0, AlertState.OPEN));
        projection.apply(delivery(1, DeliveryOutcome.RETRYING));
        projection.apply(delivery(2, DeliveryOutcome.DELIVERED));

        AlertEntry entry = projection.alert("al_1");
        assertThat(entry.deliveries()).extracting(AlertDelivery::getAttempt).containsExactly(2, 1);
        assertThat(entry.isSettled("slack", AlertState.OPEN)).isTrue();
        assertThat(entry.wasTold("slack", AlertState.OPEN)).isTrue();
        assertThat(entry.isSettled("slack", AlertState.RESOLVED)).isFalse();
        assertThat(entry.attempts("slack", AlertState.OPEN).firstAt()).isEqualTo(UPLOADED.plusSeconds(1));
    }

    @Test
    void neverUnsettlesADelivery() {
        projection.apply(alert(0, AlertState.OPEN));
        projection.apply(delivery(1, DeliveryOutcome.DELIVERED));
        projection.apply(delivery(2, DeliveryOutcome.RETRYING));

        assertThat(projection.alert("al_1").wasTold("slack", AlertState.OPEN)).isTrue();
    }

    @Test
    void prefersTheLaterRecordOfAnAlertWhicheverComesFirst() {
        projection.apply(alert(5, AlertState.RESOLVED));
        projection.apply(alert(3, AlertState.OPEN));

        assertThat(projection.alert("al_1").alert().getState()).isEqualTo(AlertState.RESOLVED);
    }

    @Test
    void findsTheAlertsOfAPartition() {
        projection.apply(new ReportEntry(Reports.of("helios-7b@v4"), 2, 0));
        projection.apply(alert(0, AlertState.OPEN));

        assertThat(projection.alertsOf(List.of(2))).hasSize(1);
        assertThat(projection.alertsOf(List.of(0, 1))).isEmpty();
        assertThat(projection.alertsOf(ID)).hasSize(1);
    }

    @Test
    void changesItsRevisionWithEveryChangeOnly() {
        long before = projection.revision();
        projection.summary();
        assertThat(projection.revision()).isEqualTo(before);
        projection.apply(upload("e1", UPLOADED));
        assertThat(projection.revision()).isGreaterThan(before);
    }

    private ModelHistory.Progress progress() {
        return projection.model(ID).progress();
    }

    private static ModelUploaded upload(String eventId, Instant at) {
        return ModelUploaded.newBuilder()
                .setEventId(eventId)
                .setModelVersionId(ID)
                .setRegistry("internal")
                .setName("helios-7b")
                .setVersion("v4")
                .setLocation("s3://models/helios-7b/v4/")
                .setSender("mlflow")
                .setLane(Lane.INTERACTIVE)
                .setDeclaredBases(List.of())
                .setUploadedAt(at)
                .setReceivedAt(at)
                .setCorrelationId("c1")
                .build();
    }

    private static ModelFingerprint fingerprint(String eventId, Instant uploadedAt, NotAnalysed notAnalysed) {
        return ModelFingerprint.newBuilder()
                .setModelVersionId(ID)
                .setRegistry("internal")
                .setName("helios-7b")
                .setVersion("v4")
                .setLocation("s3://models/helios-7b/v4/")
                .setUploadEventId(eventId)
                .setNotAnalysed(notAnalysed)
                .setDeclaredBases(List.of())
                .setLane(Lane.INTERACTIVE)
                .setUploadedAt(uploadedAt)
                .setFingerprintedAt(uploadedAt.plusSeconds(1))
                .setBytesRead(41_943_040)
                .setRequests(412)
                .setElapsedMillis(840)
                .setCorrelationId("c1")
                .build();
    }

    private static AlertEntry alert(long offset, AlertState state) {
        LineageAlert alert = LineageAlert.newBuilder()
                .setAlertId("al_1")
                .setRule("undisclosed-ancestry")
                .setSeverity(Severity.HIGH)
                .setState(state)
                .setDerivedModelVersionId(ID)
                .setVerdict(Verdict.DERIVED)
                .setLog10EValue(-78.1)
                .setTitle("t")
                .setExplanation("e")
                .setReportId(ID + "#1")
                .setOpenedAt(UPLOADED)
                .setUpdatedAt(UPLOADED)
                .setCorrelationId("c1")
                .build();
        return AlertEntry.of(alert, new Owed(Set.of("slack"), UPLOADED), 0, offset);
    }

    private static AlertDelivery delivery(int attempt, DeliveryOutcome outcome) {
        return AlertDelivery.newBuilder()
                .setAlertId("al_1")
                .setChannel("slack")
                .setState(AlertState.OPEN)
                .setOutcome(outcome)
                .setAttempt(attempt)
                .setAt(UPLOADED.plusSeconds(attempt))
                .build();
    }
}
