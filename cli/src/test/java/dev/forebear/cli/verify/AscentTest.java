package dev.forebear.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Ancestor.Way;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.WireTrust;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AscentTest {

    static {
        WireTrust.establish();
    }

    private final Map<String, LineageReport> known = new HashMap<>();

    @Test
    void goesOverTheReportsOnAncestors() throws Exception {
        know("parent", nearest("grandparent"));
        know("grandparent", nearest("origin"));

        assertThat(ancestorsOf(nearest("parent")))
                .containsExactly(
                        "parent 1 STEPS null", "grandparent 2 STEPS hub/parent@1", "origin 3 STEPS hub/grandparent@1");
    }

    @Test
    void tellsWhatNoStepsLeadToFromWhatTheyDo() throws Exception {
        know("sibling", nearest("other-line"));

        assertThat(ancestorsOf(nearest("parent"), match("sibling", Verdict.DERIVED, false)))
                .containsExactly("parent 1 STEPS null", "sibling 2 REMOTE null", "other-line 3 REMOTE hub/sibling@1");
    }

    @Test
    void stepsOverParentsWhereTheWeightsTellThem() throws Exception {
        LineageMatch parent = LineageMatch.newBuilder(match("parent", Verdict.DERIVED, false))
                .setParent(true)
                .build();

        assertThat(ancestorsOf(parent, nearest("earliest")))
                .containsExactly("parent 1 STEPS null", "earliest 2 REMOTE null");
    }

    @Test
    void keepsWhatIsNotProvenAndGoesNoFurtherFromIt() throws Exception {
        know("lookalike", nearest("stranger"));

        assertThat(ancestorsOf(match("lookalike", Verdict.SHARED_INITIALISATION_OR_LINEAGE, false)))
                .containsExactly("lookalike 1 REMOTE null");
    }

    @Test
    void endsWhereModelsDescendFromEachOther() throws Exception {
        know("a", nearest("b"));
        know("b", nearest("a"), match("model", Verdict.DERIVED, false));

        assertThat(ancestorsOf(nearest("a"))).containsExactly("a 1 STEPS null", "b 2 STEPS hub/a@1");
    }

    private List<String> ancestorsOf(LineageMatch... matches) throws Exception {
        return Ascent.of(report("model", matches), id -> Optional.ofNullable(known.get(id))).stream()
                .map(AscentTest::shown)
                .toList();
    }

    private static String shown(Ancestor ancestor) {
        Way way = ancestor.way();
        return ancestor.match().getName() + " " + ancestor.depth() + " " + way + " " + ancestor.through();
    }

    private void know(String model, LineageMatch... matches) {
        LineageReport report = report(model, matches);
        known.put(report.getModelVersionId(), report);
    }

    private static LineageMatch nearest(String name) {
        return match(name, Verdict.DERIVED, true);
    }

    private static LineageMatch match(String name, Verdict verdict, boolean nearest) {
        var id = ModelVersionId.of("hub", name, "1");
        return LineageMatch.newBuilder()
                .setModelVersionId(id.toString())
                .setRegistry(id.registry())
                .setName(id.name())
                .setVersion(id.version())
                .setVerdict(verdict)
                .setBasis(EvidenceBasis.EXACT)
                .setDeclared(false)
                .setNearest(nearest)
                .setParent(false)
                .setUploadedAt(Instant.EPOCH)
                .setLog10EValue(-50)
                .setEffectSize(1)
                .setSummary("")
                .setEvidence(List.of())
                .setPeerSimilarities(List.of())
                .build();
    }

    private static LineageReport report(String name, LineageMatch... matches) {
        var id = ModelVersionId.of("hub", name, "1");
        return LineageReport.newBuilder()
                .setReportId(id + "#1")
                .setModelVersionId(id.toString())
                .setRegistry(id.registry())
                .setName(id.name())
                .setVersion(id.version())
                .setPurpose(QueryPurpose.UPLOAD)
                .setMatches(List.of(matches))
                .setComparedModels(3)
                .setIncomparableModels(0)
                .setUploadedAt(Instant.EPOCH)
                .setReportedAt(Instant.EPOCH)
                .setConfirmation(ConfirmationState.NOT_NEEDED)
                .setCorrelationId("")
                .build();
    }
}
