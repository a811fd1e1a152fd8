package dev.forebear.alerts;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Evidence;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.PeerSimilarity;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Lineage reports as the matcher writes them, for tests. */
public final class Reports {

    public static final Instant UPLOADED = Instant.parse("2026-11-20T08:00:00Z");

    static {
        // Avro copies our records only after a topic has vouched for them.
        Topics.LINEAGE_ALERTS.schema();
    }

    private Reports() {}

    /** A report on {@code internal/<name>@<version>}. */
    public static LineageReport of(String nameAndVersion, LineageMatch... matches) {
        return builder(nameAndVersion, 1).setMatches(Arrays.asList(matches)).build();
    }

    /** The builder of a report; the revision makes its id and its time. */
    public static LineageReport.Builder builder(String nameAndVersion, int revision) {
        String[] parts = nameAndVersion.split("@");
        String id = "internal/" + nameAndVersion;
        return LineageReport.newBuilder()
                .setReportId(id + "#" + revision)
                .setModelVersionId(id)
                .setRegistry("internal")
                .setName(parts[0])
                .setVersion(parts[1])
                .setLicence("mit")
                .setPurpose(revision == 1 ? QueryPurpose.UPLOAD : QueryPurpose.REVISION)
                .setDeclaredBases(List.of())
                .setMatches(List.of())
                .setComparedModels(4211)
                .setIncomparableModels(2)
                .setUploadedAt(UPLOADED)
                .setReportedAt(UPLOADED.plusSeconds(revision))
                .setConfirmation(ConfirmationState.NOT_NEEDED)
                .setCorrelationId("c-" + nameAndVersion);
    }

    public static List<DeclaredBase> declared(String... bases) {
        return Arrays.stream(bases)
                .map(base -> new DeclaredBase(base, "finetune", "model-card", DeclarationStrength.STATED, null))
                .toList();
    }

    public static NotAnalysed malformed() {
        return new NotAnalysed("malformed", "model.safetensors: expected a header, found nothing");
    }

    /** A proven match with {@code hub/<name>@main}: the nearest, not declared. */
    public static LineageMatch base(String name) {
        return match(name).setNearest(true).build();
    }

    /** The builder of a proven match with {@code hub/<name>@main}: neither nearest nor declared. */
    public static LineageMatch.Builder match(String name) {
        return LineageMatch.newBuilder()
                .setModelVersionId("hub/" + name + "@main")
                .setRegistry("hub")
                .setName(name)
                .setVersion("main")
                .setLicence("apache-2.0")
                .setVerdict(Verdict.DERIVED)
                .setBasis(EvidenceBasis.EXACT)
                .setDeclared(false)
                .setNearest(false)
                .setUploadedAt(UPLOADED.minusSeconds(86_400))
                .setLog10EValue(-78.1)
                .setEffectSize(0.97)
                .setSummary("Derived from hub/" + name + "@main: about 1 in 10^78 such matches by chance.")
                .setEvidence(List.of(new Evidence(
                        "positional-sketch",
                        "cosine of gate and up rows",
                        0.97,
                        0.0,
                        0.044,
                        -82.5,
                        0.0,
                        "neuron indices of independently trained models are exchangeable")))
                .setPeerSimilarities(List.of(new PeerSimilarity("embedding-anchor-similarity", 0.94)));
    }
}
