package dev.forebear.alerts;

import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Models whose ancestry has changed because a report on one of their ancestors has. A report is revised only where it
 * would change, so every report on an ancestor matters; it may lie in any partition. Used by the decisions' thread.
 */
final class DescendantWatch {

    private final Ownership ownership;
    private final TopicEnds ends;
    private final ReportTable reports;
    private final Redecisions redecisions;
    private final Map<Integer, Long> looked = new HashMap<>();

    DescendantWatch(KafkaConfig kafka, Ownership ownership, ReadModel readModel, Redecisions redecisions) {
        this.ownership = ownership;
        this.ends = new TopicEnds(kafka, readModel.queries());
        this.reports = new ReportTable(readModel.queries());
        this.redecisions = redecisions;
    }

    /**
     * Takes partitions over and goes on from where their former owners had come, or from here when nobody had come
     * anywhere: what nothing was decided on yet is decided with today's ancestry.
     */
    void takeOver(Collection<Map<Integer, Long>> positions) {
        positions.forEach(former -> former.forEach((partition, offset) -> looked.merge(partition, offset, Math::min)));
        ends.of(Topics.LINEAGE_REPORTS).forEach(looked::putIfAbsent);
    }

    /** Next offsets to look at, by partition. */
    Map<Integer, Long> positions() {
        return new TreeMap<>(looked);
    }

    /** Notes what has to be decided again. */
    void run() {
        for (Map.Entry<Integer, Long> end : ends.of(Topics.LINEAGE_REPORTS).entrySet()) {
            long from = looked.getOrDefault(end.getKey(), 0L);
            if (from < end.getValue()) {
                reports.onAncestors(end.getKey(), from, end.getValue()).forEach(this::decideDescendants);
                looked.put(end.getKey(), end.getValue());
            }
        }
    }

    private void decideDescendants(String ancestor) {
        List<ReportTable.LatestReport> ours = reports.onDescendants(ancestor).stream()
                .filter(report -> ownership.ownsModel(
                        ModelVersionId.parse(report.modelVersionId()).modelId()))
                .toList();
        redecisions.addPlaces(ours.stream().map(ReportTable.LatestReport::place).collect(Collectors.toSet()));
    }
}
