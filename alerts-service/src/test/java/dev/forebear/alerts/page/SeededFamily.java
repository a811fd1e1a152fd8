package dev.forebear.alerts.page;

import dev.forebear.alerts.Reports;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A base with thousands of descendants, each of them declared: the earlier a model, the more was made from it. */
final class SeededFamily {

    static final String BASE = "hub/quarry-ai/pebble-1b@main";
    private static final List<String> KINDS = List.of("fine-tuned", "quantised", "pruned");

    private final Seeds seeds;
    private final Random random = new Random(11);

    SeededFamily(Seeds seeds) {
        this.seeds = seeds;
    }

    void write(int versions) {
        List<String> members = new ArrayList<>(List.of(BASE));
        Map<String, LineageReport> reports = new LinkedHashMap<>();
        reports.put(BASE, report(BASE, List.of()));
        while (members.size() < versions) {
            String id = "internal/pebble-" + members.size() + "@v1";
            List<LineageMatch> parents = new ArrayList<>();
            parents.add(parent(any(members), null));
            String other = any(members);
            if (members.size() % 40 == 0 && !other.equals(parents.getFirst().getModelVersionId())) {
                parents.set(
                        0,
                        LineageMatch.newBuilder(parents.getFirst())
                                .setMergeWeight(0.6)
                                .build());
                parents.add(parent(other, 0.4));
            }
            reports.put(id, report(id, parents));
            members.add(id);
        }
        seeds.writeAll(Topics.LINEAGE_REPORTS, reports);
    }

    private String any(List<String> members) {
        return members.get((int) (Math.pow(random.nextDouble(), 2.2) * members.size()));
    }

    private LineageMatch parent(String id, @Nullable Double weight) {
        ModelVersionId base = ModelVersionId.parse(id);
        return Reports.match(base.name())
                .setModelVersionId(id)
                .setRegistry(base.registry())
                .setVersion(base.version())
                .setParent(true)
                .setNearest(weight == null || weight > 0.5)
                .setLicence("mit")
                .setDeclared(true)
                .setMergeWeight(weight)
                .setRelation(new LineageRelation(KINDS.get(random.nextInt(KINDS.size())), "all layers", List.of()))
                .setEvidence(List.of())
                .build();
    }

    private LineageReport report(String id, List<LineageMatch> parents) {
        ModelVersionId parsed = ModelVersionId.parse(id);
        return Reports.builder("any@v1", 1)
                .setReportId(id + "#1")
                .setModelVersionId(id)
                .setRegistry(parsed.registry())
                .setName(parsed.name())
                .setVersion(parsed.version())
                .setDeclaredBases(Reports.declared(
                        parents.stream().map(LineageMatch::getName).toArray(String[]::new)))
                .setMatches(parents)
                .setReportedAt(seeds.now().minusSeconds(31L * 86_400))
                .build();
    }
}
