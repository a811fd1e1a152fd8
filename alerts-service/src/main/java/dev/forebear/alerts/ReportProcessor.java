package dev.forebear.alerts;

import dev.forebear.alerts.delivery.Couriers;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.Subject;
import dev.forebear.alerts.projection.AlertEntry;
import dev.forebear.alerts.projection.ModelHistory;
import dev.forebear.alerts.projection.Owed;
import dev.forebear.alerts.projection.Projection;
import dev.forebear.alerts.projection.ReportEntry;
import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes alerts of one report after the other. Processing a report twice changes nothing the second time. */
final class ReportProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(ReportProcessor.class);

    private final Policy policy;
    private final Deserializer<LineageReport> deserializer;
    private final Projection projection;
    private final AlertWriter writer;
    private final Couriers couriers;
    private final MeterRegistry meters;
    private long followed;
    private Set<Integer> followedPartitions = Set.of();

    ReportProcessor(
            Policy policy,
            Deserializer<LineageReport> deserializer,
            Projection projection,
            AlertWriter writer,
            Couriers couriers,
            MeterRegistry meters) {
        this.policy = policy;
        this.deserializer = deserializer;
        this.projection = projection;
        this.writer = writer;
        this.couriers = couriers;
        this.meters = meters;
    }

    /**
     * Processes one record; one that cannot be processed is put aside.
     *
     * @throws dev.forebear.schemas.SchemaRegistryException when the registry could not be asked
     */
    void process(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        if (record.value() == null) {
            return;
        }
        LineageReport report;
        try {
            report = deserializer.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            writer.putAside(record, DeadLetterReason.UNDECODABLE, String.valueOf(e.getMessage()));
            return;
        }
        projection.apply(new ReportEntry(report, record.partition(), record.offset()));
        if (!projection.isLatestReport(report.getModelVersionId(), record.offset())) {
            // The newer report decides, here or at the next owner of this partition.
            return;
        }
        if (report.getConfirmation() == ConfirmationState.PENDING) {
            // People are told once, when it is known which of many relatives is the parent.
            return;
        }
        process(record, report);
    }

    private void process(ConsumerRecord<byte[], byte[]> record, LineageReport report) throws InterruptedException {
        List<AlertEntry> known = projection.alertsOf(report.getModelVersionId());
        List<LineageAlert> changes;
        try {
            changes = changes(report, known.stream().map(AlertEntry::alert).toList());
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("report", report.getReportId())
                    .log("policy failed");
            writer.putAside(record, DeadLetterReason.UNUSABLE, "the policy failed on " + report.getReportId());
            return;
        }
        write(changes, known);
        LOG.atInfo()
                .addKeyValue("report", report.getReportId())
                .addKeyValue("matches", report.getMatches().size())
                .addKeyValue("alerts", changes.size())
                .addKeyValue("correlationId", report.getCorrelationId())
                .log("report processed");
    }

    private List<LineageAlert> changes(LineageReport report, List<LineageAlert> known) {
        Instant deletedAt = deletedAt(report.getModelVersionId());
        return deletedAt == null
                ? changes(policy).by(report, policy.findings(Subject.of(report)), known)
                : changes(policy).deleted(report.getModelVersionId()::equals, known);
    }

    private AlertChanges changes(Policy policy) {
        return new AlertChanges(
                new AlertLife(
                        GrantedExceptions.NONE,
                        alert -> couriers.owed(alert).channels(),
                        Instant.now().truncatedTo(ChronoUnit.MILLIS)),
                policy.version());
    }

    private @Nullable Instant deletedAt(String modelVersionId) {
        ModelHistory model = projection.model(modelVersionId);
        return model == null ? null : projection.standing(model).deletedAt();
    }

    /** Resolves the alerts of models whose reports lie in these partitions and that were deleted meanwhile. */
    void resolveDeleted(Set<Integer> partitions) throws InterruptedException {
        long changes = projection.changes();
        if (changes == followed && partitions.equals(followedPartitions)) {
            return;
        }
        for (AlertEntry entry : projection.alertsOf(partitions)) {
            String id = entry.alert().getDerivedModelVersionId();
            ModelHistory model = projection.model(id);
            LineageReport report = model == null ? null : model.report();
            Instant deletedAt = deletedAt(id);
            if (report != null && deletedAt != null) {
                write(changes(policy).deleted(id::equals, List.of(entry.alert())), List.of(entry));
            }
        }
        followed = changes;
        followedPartitions = Set.copyOf(partitions);
    }

    private void write(List<LineageAlert> changes, List<AlertEntry> known) throws InterruptedException {
        for (LineageAlert alert : changes) {
            couriers.deliver(writer.write(alert, owed(alert, known)));
            count(alert);
        }
    }

    /** What a state was owed to stays as it was decided when the alert took that state. */
    private Owed owed(LineageAlert alert, List<AlertEntry> known) {
        return known.stream()
                .filter(entry -> entry.alert().getAlertId().equals(alert.getAlertId()))
                .filter(entry -> entry.alert().getState() == alert.getState())
                .findFirst()
                .map(AlertEntry::owed)
                .orElseGet(() -> couriers.owed(alert));
    }

    private void count(LineageAlert alert) {
        Function<Enum<?>, String> word = constant -> constant.name().toLowerCase(Locale.ROOT);
        Counter.builder("forebear.alerts.written")
                .tag("rule", alert.getRule())
                .tag("state", word.apply(alert.getState()))
                .tag("severity", word.apply(alert.getSeverity()))
                .description("Alerts written: opened, changed or resolved")
                .register(meters)
                .increment();
    }
}
