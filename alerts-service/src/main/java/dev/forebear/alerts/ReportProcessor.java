package dev.forebear.alerts;

import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.wire.LineageReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides on the reports that arrive. Processing a report twice changes nothing the second time. */
final class ReportProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(ReportProcessor.class);

    private final Deserializer<LineageReport> deserializer;
    private final ReportTable reports;
    private final Decider decider;
    private final AlertWriter writer;
    private final Consumer<Set<String>> again;

    /** @param again told of model versions that must be decided on again */
    ReportProcessor(
            Deserializer<LineageReport> deserializer,
            ReportTable reports,
            Decider decider,
            AlertWriter writer,
            Consumer<Set<String>> again) {
        this.deserializer = deserializer;
        this.reports = reports;
        this.decider = decider;
        this.writer = writer;
        this.again = again;
    }

    /**
     * Processes records; those that cannot be processed are put aside. Returns when the alerts are written.
     *
     * @throws dev.forebear.schemas.SchemaRegistryException when the registry could not be asked
     */
    void process(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        if (records.isEmpty()) {
            return;
        }
        List<Arrived> arrived = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            decode(record, arrived);
        }
        for (TopicPartition partition : records.partitions()) {
            writer.awaitApplied(
                    partition.topic(),
                    partition.partition(),
                    records.records(partition).getLast().offset());
        }
        // A newer report decides, here or at the next owner of this partition.
        Set<ReportPlace> latest = reports.latest(arrived.stream()
                .map(arrival -> arrival.report().getModelVersionId())
                .toList());
        int alerts = decide(arrived.stream()
                .filter(arrival -> latest.contains(arrival.place()))
                .toList());
        LOG.atInfo()
                .addKeyValue("reports", arrived.size())
                .addKeyValue("alerts", alerts)
                .log("reports processed");
    }

    private record Arrived(ConsumerRecord<byte[], byte[]> record, LineageReport report) {

        ReportPlace place() {
            return new ReportPlace(record.partition(), record.offset());
        }
    }

    private void decode(ConsumerRecord<byte[], byte[]> record, List<Arrived> arrived) throws InterruptedException {
        if (record.value() == null) {
            return;
        }
        try {
            arrived.add(new Arrived(record, deserializer.deserialize(record.topic(), record.value())));
        } catch (SerializationException e) {
            writer.putAside(record, DeadLetterReason.UNDECODABLE, String.valueOf(e.getMessage()));
        }
    }

    private int decide(List<Arrived> lastWords) throws InterruptedException {
        Set<String> failed = new HashSet<>();
        Round round = decider.reports(
                lastWords.stream().map(Arrived::report).toList(),
                Scope.WHOLE,
                report -> failed.add(report.getReportId()));
        for (Arrived arrival : lastWords) {
            String id = arrival.report().getReportId();
            if (failed.contains(id)) {
                writer.putAside(arrival.record(), DeadLetterReason.UNUSABLE, "nothing could be decided on " + id);
            }
        }
        writer.write(round.changed());
        again.accept(round.unworded());
        return round.changed().size();
    }
}
