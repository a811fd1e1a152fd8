package dev.forebear.alerts.page;

import dev.forebear.alerts.Reports;
import dev.forebear.alerts.readmodel.Samples;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ArchitectureFeature;
import dev.forebear.schemas.wire.ComponentChange;
import dev.forebear.schemas.wire.DirectionCertainty;
import dev.forebear.schemas.wire.Evidence;
import dev.forebear.schemas.wire.EvidenceFeatures;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.LayerAgreement;
import dev.forebear.schemas.wire.LineageDirection;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.ModelShape;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.PeerFeatures;
import dev.forebear.schemas.wire.PeerSimilarity;
import dev.forebear.schemas.wire.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Models of a month: uploads, fingerprints and reports with evidence that looks as real evidence does. */
final class SeededModels {

    private static final List<String> TASKS =
            List.of("churn", "demand", "fraud", "layout", "ocr", "ranking", "speech", "summary", "toxicity", "vision");
    private static final List<String> SIZES = List.of("small", "base", "large");
    private static final List<String> COMPONENTS =
            List.of("q-projection", "k-projection", "v-projection", "o-projection", "gate", "up", "down");
    private static final String EXCHANGEABLE = "neuron indices of independently trained models are exchangeable";
    private static final int LAYERS = 16;
    private static final int ANCHORS = 64;

    private final Seeds seeds;
    private final Random random = new Random(7);

    SeededModels(Seeds seeds) {
        this.seeds = seeds;
    }

    void write() {
        Family.ALL.forEach(this::family);
        for (int day = 29; day >= 0; day--) {
            boolean weekend = day % 7 == 2 || day % 7 == 3;
            for (int i = random.nextInt(2); i < (weekend ? 2 : 3 + random.nextInt(6)); i++) {
                plain(day);
            }
        }
        unread("internal/voice-notes@v2", "malformed", 1);
        unread("internal/ledger-embedder@v1", "malformed", 9);
        unread("search/passage-ranker@v4", "unsupported", 4);
        unread("internal/sealed-model@v1", "refused", 13);
        announce("internal/atlas-70b@v2", seeds.ago(Duration.ofMinutes(2)));
        announce("internal/atlas-13b@v5", seeds.ago(Duration.ofMinutes(7)));
    }

    private void family(Family family) {
        for (int number = 1; number <= family.versions(); number++) {
            String id = family.version(number);
            Instant at = seeds.ago(Duration.ofDays(family.daysAgo() + 2L * (family.versions() - number))
                    .plusMinutes(random.nextInt(600)));
            announce(id, at);
            fingerprint(id, family, at);
            List<LineageMatch> matches = new ArrayList<>();
            family.parents().forEach((parent, share) -> matches.add(match(family, Family.of(parent), share)));
            grandparents(family, matches);
            report(id, family, at, matches);
        }
    }

    /** What the parent was made from is proven too, though not its parent. */
    private void grandparents(Family family, List<LineageMatch> matches) {
        for (String parent : family.parents().keySet()) {
            for (String far : Family.of(parent).parents().keySet()) {
                matches.add(LineageMatch.newBuilder(match(family, Family.of(far), 1.0))
                        .setParent(false)
                        .setNearest(false)
                        .setRelation(null)
                        .setLog10EValue(-41.5)
                        .build());
            }
        }
    }

    private void report(String id, Family family, Instant at, List<LineageMatch> matches) {
        ModelVersionId parsed = ModelVersionId.parse(id);
        seeds.write(
                Topics.LINEAGE_REPORTS,
                parsed.modelId(),
                Reports.builder("any@v1", 1)
                        .setReportId(id + "#1")
                        .setModelVersionId(id)
                        .setRegistry(parsed.registry())
                        .setName(parsed.name())
                        .setVersion(parsed.version())
                        .setLicence(family.licence())
                        .setDeclaredBases(Reports.declared(family.declares().toArray(String[]::new)))
                        .setMatches(matches)
                        .setUploadedAt(at.minusSeconds(1))
                        .setReportedAt(at.plusSeconds(40))
                        .build());
    }

    private LineageMatch match(Family family, Family parent, double share) {
        ModelVersionId base = ModelVersionId.parse(parent.latest());
        boolean copied = family.kind().equals("copied");
        boolean nearest = share >= 0.5 && family.parents().containsKey(parent.modelId());
        return Reports.match(base.name())
                .setModelVersionId(parent.latest())
                .setRegistry(base.registry())
                .setVersion(base.version())
                .setLicence(parent.licence())
                .setVerdict(copied ? Verdict.SAME_WEIGHTS : Verdict.DERIVED)
                .setNearest(nearest)
                .setParent(true)
                .setDeclared(family.declares().stream()
                        .anyMatch(name -> parent.modelId().endsWith(name)))
                .setMergeWeight(share < 1 ? share : null)
                .setLog10EValue(-60.0 - random.nextInt(40))
                .setUploadedAt(seeds.ago(Duration.ofDays(parent.daysAgo())))
                .setRelation(new LineageRelation(family.kind(), detail(family.kind()), components()))
                .setDirection(new LineageDirection(
                        DirectionCertainty.ESTABLISHED, false, "its changes are sparse where the base is dense"))
                .setLayerAgreement(layers())
                .setEvidence(copied ? List.of() : evidence())
                .setPeerSimilarities(List.of(
                        new PeerSimilarity("embedding-anchor-similarity", 0.94),
                        new PeerSimilarity("tokenizer-overlap", 1.0),
                        new PeerSimilarity("layer-energy-profile", 0.988)))
                .build();
    }

    private static String detail(String kind) {
        return switch (kind) {
            case "quantised" -> "4 bits in groups of 128, embeddings untouched";
            case "merged" -> "a weighted mean of two models";
            case "pruned" -> "4 of 16 layers are gone";
            default -> "all layers, the embeddings as they were";
        };
    }

    private List<Evidence> evidence() {
        return List.of(
                evidence("positional-sketch", "cosine of gate and up rows", 0.971, 0.044, -82.5),
                evidence("neuron-scalars", "rank correlation of the norms of neurons", 0.883, 0.051, -61.2),
                evidence("weight-value-sketch", "share of equal values", 0.412, 0.021, -38.4),
                evidence("embedding-norms", "correlation of the norms of tokens", 0.204, 0.062, -3.1));
    }

    private static Evidence evidence(String signal, String statistic, double value, double deviation, double log10) {
        return new Evidence(signal, statistic, value, 0.0, deviation, log10, Math.min(0, log10 + 9), EXCHANGEABLE);
    }

    private LayerAgreement layers() {
        List<Float> z = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int other = 0; other < LAYERS; other++) {
                z.add((float) (layer == other ? 26 + 8 * random.nextDouble() : 3 * random.nextDouble()));
            }
        }
        return new LayerAgreement(LAYERS, LAYERS, z);
    }

    private List<ComponentChange> components() {
        List<ComponentChange> changes = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            for (String component : COMPONENTS) {
                double change = 0.02 + 0.11 * layer / LAYERS * random.nextDouble();
                changes.add(new ComponentChange(layer, layer, component, 1 - change / 2, change, 0.0, "changed"));
            }
        }
        return changes;
    }

    private void plain(int day) {
        String name = TASKS.get(random.nextInt(TASKS.size())) + "-" + SIZES.get(random.nextInt(SIZES.size()));
        String id = "internal/" + name + "@v" + (30 - day) + "." + random.nextInt(9);
        Instant at = seeds.ago(Duration.ofDays(day).plusMinutes(random.nextInt(1_000)));
        var family = new Family(
                "internal/" + name, 1, random.nextBoolean() ? "apache-2.0" : "mit", Map.of(), "", List.of(), day);
        announce(id, at);
        fingerprint(id, family, at);
        report(id, family, at, List.of());
    }

    private void unread(String id, String reason, int day) {
        Instant at = seeds.ago(Duration.ofDays(day));
        ModelVersionId parsed = ModelVersionId.parse(id);
        announce(id, at);
        seeds.write(
                Topics.LINEAGE_REPORTS,
                parsed.modelId(),
                Reports.builder("any@v1", 1)
                        .setReportId(id + "#1")
                        .setModelVersionId(id)
                        .setRegistry(parsed.registry())
                        .setName(parsed.name())
                        .setVersion(parsed.version())
                        .setNotAnalysed(new NotAnalysed(
                                reason,
                                "model-00002-of-00004.safetensors: tensor 'layers.7.mlp.up': data_offsets end 98304"
                                        + " beyond the buffer of 65536 bytes"))
                        .setReportedAt(at.plusSeconds(9))
                        .build());
    }

    private void announce(String id, Instant at) {
        seeds.write(
                Topics.MODEL_UPLOADS,
                ModelVersionId.parse(id).modelId(),
                Samples.upload(id, "e-" + id)
                        .setSender(id.startsWith("hub/") ? "huggingface" : "mlflow")
                        .setUploadedBy(uploadedBy(id))
                        .setVisibility(id.startsWith("hub/") ? "public" : "private")
                        .setUploadedAt(at.minusSeconds(1))
                        .setReceivedAt(at)
                        .build());
    }

    private static @Nullable String uploadedBy(String id) {
        if (id.startsWith("hub/")) {
            return null;
        }
        return id.startsWith(Family.HOSTILE) ? Family.HOSTILE_PERSON : "ana@example.com";
    }

    private void fingerprint(String id, Family family, Instant at) {
        seeds.write(
                Topics.MODEL_FINGERPRINTS,
                id,
                Samples.fingerprint(id, "e-" + id)
                        .setLicence(family.licence())
                        .setUploadedAt(at.minusSeconds(1))
                        .setFingerprintedAt(at.plusSeconds(20))
                        .setFingerprint(portrait())
                        .build());
    }

    private Fingerprint portrait() {
        var architecture = new ArchitectureFeature("a", "f", "MHA", "rmsnorm", "rope", false, false, 10_000.0, 1, 2);
        byte[] cosines = new byte[ANCHORS * (ANCHORS - 1) / 2];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = (byte) (18 * random.nextGaussian() + (i % 17 == 0 ? 60 : 6));
        }
        List<Float> energies = IntStream.range(0, LAYERS)
                .mapToObj(layer -> (float) (0.55 + 0.4 * Math.sin(layer / 5.0)))
                .toList();
        ByteBuffer empty = ByteBuffer.allocate(0);
        var peer = new PeerFeatures(
                architecture, null, ByteBuffer.wrap(cosines), List.of(), energies, "direct", 0, empty, List.of());
        var shape = new ModelShape("llama", 4096, LAYERS, 11_008, 32, 32, 128, 32_000, 1, true, true, "BF16");
        return new Fingerprint(
                1,
                ByteBuffer.wrap(new byte[32]),
                7_241_732_096L,
                shape,
                peer,
                new EvidenceFeatures(null, null, null, List.of()));
    }
}
