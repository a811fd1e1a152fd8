package dev.forebear.replay;

import dev.forebear.match.FoundByWeights;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The reports of the time. Where they lie is in memory, they themselves in a temporary file. */
final class PastReports implements AutoCloseable {

    private final String topic;
    private final Deserializer<LineageReport> reports;
    private final Spill spill;

    /** By model version, in the order in which they were begun. */
    private final Map<String, List<PastReport>> versions = new HashMap<>();

    private PastReports(ReplayedInstance instance, Path file) throws IOException {
        this.topic = instance.topic(Topics.LINEAGE_REPORTS);
        this.reports = instance.deserializer(Topics.LINEAGE_REPORTS);
        this.spill = new Spill(file);
    }

    private record Read(
            ConsumerRecord<byte[], byte[]> record, @Nullable LineageReport report, byte[] compressed) {}

    static PastReports read(
            TopicReading reading,
            ReplayedInstance instance,
            Collection<TopicPosition> positions,
            PastUploads uploads,
            PastChanges changes,
            Path file)
            throws IOException {
        var past = new PastReports(instance, file);
        try {
            reading.read(Topics.LINEAGE_REPORTS, positions, records -> {
                List<Read> all = records.parallelStream().map(past::read).toList();
                for (Read read : all) {
                    if (read.report != null && !changes.erased(read.report)) {
                        past.add(read, read.report, uploads);
                    }
                }
            });
            past.spill.complete();
            return past;
        } catch (IOException | RuntimeException failure) {
            past.close();
            throw failure;
        }
    }

    private Read read(ConsumerRecord<byte[], byte[]> record) {
        LineageReport report = decoded(record);
        return new Read(record, report, report == null ? new byte[0] : Compression.compress(record.value()));
    }

    private @Nullable LineageReport decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return reports.deserialize(topic, record.value());
        } catch (SerializationException undecodable) {
            return null;
        }
    }

    private void add(Read read, LineageReport report, PastUploads uploads) throws IOException {
        var wording = new PastReport.Wording(
                read.record.partition(),
                read.record.offset(),
                spill.add(read.compressed),
                report.getConfirmation() == ConfirmationState.PENDING,
                report.getConfirmation() == ConfirmationState.CONFIRMED);
        List<PastReport> all = versions.computeIfAbsent(report.getModelVersionId(), id -> new ArrayList<>(1));
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).reportId().equals(report.getReportId())) {
                all.set(i, all.get(i).reworded(wording));
                return;
            }
        }
        int number = uploads.number(report.getModelVersionId(), report.getCorrelationId());
        all.add(new PastReport(report.getReportId(), number, wording, wording));
    }

    /** Model versions that were ever reported on. */
    Set<String> modelVersionIds() {
        return versions.keySet();
    }

    /** The first report on a model version that was final. */
    Optional<PastReport> first(String modelVersionId) {
        return firstOf(versions.getOrDefault(modelVersionId, List.of()));
    }

    /** One that another replaced before weights were held against each other was not the last word of its time. */
    private static Optional<PastReport> firstOf(List<PastReport> reports) {
        return reports.stream()
                .filter(report -> !report.last().pending())
                .findFirst()
                .or(() -> reports.stream().findFirst());
    }

    /** The last word on a model version. */
    Optional<PastReport> latest(String modelVersionId) {
        List<PastReport> all = versions.getOrDefault(modelVersionId, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The report of the time: the first on these contents that was final. */
    Optional<PastReport> ofTheTime(PastUpload upload) {
        return firstOf(versions.getOrDefault(upload.modelVersionId(), List.of()).stream()
                .filter(report -> report.number() == upload.number())
                .toList());
    }

    /** What weights were found to say of these contents, by the last report that was confirmed. */
    List<LineageMatch> foundByWeights(PastUpload upload) throws IOException {
        List<PastReport> confirmed = versions.getOrDefault(upload.modelVersionId(), List.of()).stream()
                .filter(report -> report.number() == upload.number() && report.isConfirmed())
                .toList();
        Map<String, LineageMatch> found = new TreeMap<>();
        for (PastReport report : confirmed) {
            FoundByWeights.in(wording(report.first()), wording(report.last()))
                    .forEach(match -> found.put(match.getModelVersionId(), match));
        }
        return List.copyOf(found.values());
    }

    /** Any number of threads may ask. */
    LineageReport wording(PastReport.Wording wording) throws IOException {
        return reports.deserialize(topic, Compression.decompress(spill.at(wording.place())));
    }

    @Override
    public void close() throws IOException {
        spill.close();
    }
}
