package dev.forebear.alerts.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.alerts.Reports;
import dev.forebear.alerts.readmodel.FamilyTree.Direction;
import dev.forebear.alerts.readmodel.FamilyTree.Member;
import dev.forebear.alerts.readmodel.FamilyTree.Step;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FamilyTreesTest {

    private static final String BASE = "internal/acme/base";

    @TempDir
    Path folder;

    private Filled model;

    @BeforeEach
    void open() {
        model = new Filled(folder, InstantSource.system());
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void goesFromWhatIsProvenToWhatIsOnlyDeclaredAndOnFromThere() {
        put("acme/base@1");
        put("proven@1", parent("acme/base@1"));
        declares("told@1", "acme/base");
        put("told-child@1", parent("told@1"));
        declares("grandchild@1", "https://huggingface.co/proven");
        assertThat(below(BASE, BASE + "@1").members())
                .extracting(Member::id, Member::depth, Member::proven, Member::through)
                .containsExactly(
                        tuple("internal/proven@1", 1, true, BASE + "@1"),
                        tuple("internal/told@1", 1, false, BASE + "@1"),
                        tuple("internal/grandchild@1", 2, false, "internal/proven@1"),
                        tuple("internal/told-child@1", 2, false, "internal/told@1"));
    }

    @Test
    void saysOfAStepWhetherWeightsOrADeclarationOrBothTellOfIt() {
        put("acme/base@1");
        put("silent@1", parent("acme/base@1"));
        model.put(report("open@1", declared(parent("acme/base@1")))
                .setDeclaredBases(Reports.declared("acme/base"))
                .build());
        declares("told@1", "acme/base");
        assertThat(below(BASE, BASE + "@1").members())
                .extracting(Member::id, member -> evidence(member.steps().getFirst()))
                .containsExactly(
                        tuple("internal/open@1", "both, model-card"),
                        tuple("internal/silent@1", "weights"),
                        tuple("internal/told@1", "declaration, model-card"));
    }

    @Test
    void countsTheStepsOverParentsAndStillFindsWhomNoStepsLeadTo() {
        put("acme/base@1");
        put("middle@1", parent("acme/base@1"));
        put("far@1", parent("middle@1"), remote("acme/base@1"));
        put("lost@1", parent("elsewhere@1"), remote("acme/base@1"));
        assertThat(below(BASE, BASE + "@1").members())
                .extracting(Member::id, Member::depth)
                .containsExactly(
                        tuple("internal/middle@1", 1), tuple("internal/far@1", 2), tuple("internal/lost@1", 2));
    }

    @Test
    void leavesRelativesOnOtherBranchesOut() {
        put("acme/base@1");
        put("tuned@1", parent("acme/base@1"));
        put("sibling@1", parent("acme/base@1"), remote("tuned@1"));
        put("cousin@1", parent("sibling@1"), remote("tuned@1"), remote("acme/base@1"));
        put("merged@1", parent("other@1"), remote("tuned@1"));
        put("child@1", parent("tuned@1"), remote("sibling@1"));
        assertThat(below("internal/tuned", "internal/tuned@1").members())
                .extracting(Member::id)
                .containsExactly("internal/child@1", "internal/merged@1");
        assertThat(above("internal/cousin", "internal/cousin@1").members())
                .extracting(Member::id)
                .containsExactly("internal/sibling@1", "internal/acme/base@1");
    }

    @Test
    void holdsAnAdapterForOneOfTheFamilyAsFarAsItDeclares() {
        put("acme/base@1");
        var put = match("acme/base@1").setParent(true).setBasis(EvidenceBasis.DECLARED);
        model.put(report("adapter@1", declared(put.build()))
                .setDeclaredBases(Reports.declared("acme/base"))
                .build());
        assertThat(below(BASE, BASE + "@1").members()).singleElement().satisfies(member -> {
            assertThat(member.proven()).isFalse();
            assertThat(evidence(member.steps().getFirst())).isEqualTo("declaration, model-card");
        });
    }

    @Test
    void holdsWhoeverHasTheSameWeightsForOneOfTheFamilyEvenIfUploadedEarlier() {
        put("earlier@1");
        put("of-earlier@1", parent("earlier@1"));
        put(
                "acme/base@1",
                match("earlier@1")
                        .setVerdict(Verdict.SAME_WEIGHTS)
                        .setParent(true)
                        .build());
        assertThat(below(BASE, BASE + "@1").members())
                .extracting(Member::id, Member::proven)
                .containsExactly(tuple("internal/earlier@1", true), tuple("internal/of-earlier@1", true));
    }

    @Test
    void leavesADeclarationAloneThatTheWeightsProveToMeanAnother() {
        put("acme/base@1");
        put("other/base@1");
        model.put(report("child@1", declared(parent("other/base@1")))
                .setDeclaredBases(Reports.declared("base"))
                .build());
        assertThat(below(BASE, BASE + "@1").members()).isEmpty();
        assertThat(below("internal/other/base", "internal/other/base@1").members())
                .hasSize(1);
    }

    @Test
    void findsWhatDeclaresAModelThatNobodyHasSeen() {
        declares("told@1", "hf://ghost/writer@main");
        assertThat(below("ghost/writer").members()).extracting(Member::id).containsExactly("internal/told@1");
    }

    @Test
    void namesDeclaredBasesThatAreNotKnownAmongTheAncestors() {
        put("acme/base@1");
        put("middle@1", parent("acme/base@1"));
        declares("acme/base@2", "ghost/writer");
        declares("model@1", "middle");
        assertThat(above("internal/model", "internal/model@1").members())
                .extracting(Member::id, Member::modelId, Member::depth, Member::proven)
                .containsExactly(
                        tuple("internal/middle@1", "internal/middle", 1, false), tuple(BASE + "@1", BASE, 2, false));
        assertThat(above(BASE, BASE + "@1", BASE + "@2").members())
                .extracting(Member::id, Member::modelId)
                .containsExactly(tuple("ghost/writer", null));
    }

    @Test
    void goesRoundACycleOfDeclarationsOnce() {
        declares("a@1", "b");
        declares("b@1", "a");
        assertThat(below("internal/a", "internal/a@1").members())
                .extracting(Member::id)
                .containsExactly("internal/b@1");
    }

    @Test
    void leavesNobodyOutOfAFamilyOfThousands() {
        put("acme/base@1");
        model.putAll(IntStream.range(0, 6_000)
                .mapToObj(
                        i -> report("child-" + i + "@1", parent("acme/base@1")).build())
                .toList());
        FamilyTree tree = below(BASE, BASE + "@1");
        assertThat(tree.members()).hasSize(6_000);
        assertThat(tree.truncated()).isFalse();
    }

    private FamilyTree below(String modelId, String... versions) {
        return tree(modelId, Direction.DESCENDANTS, versions);
    }

    private FamilyTree above(String modelId, String... versions) {
        return tree(modelId, Direction.ANCESTORS, versions);
    }

    private FamilyTree tree(String modelId, Direction direction, String... versions) {
        return model.model()
                .queries()
                .withHandle(handle -> FamilyTrees.of(handle, modelId, List.of(versions), direction));
    }

    private static String evidence(Step step) {
        String source =
                step.declaration() == null ? "" : ", " + step.declaration().source();
        return (step.proof() == null ? "declaration" : step.declared() ? "both" : "weights") + source;
    }

    private void declares(String id, String base) {
        model.put(report(id).setDeclaredBases(Reports.declared(base)).build());
    }

    private void put(String id, LineageMatch... matches) {
        model.put(report(id, matches).build());
    }

    private static LineageReport.Builder report(String id, LineageMatch... matches) {
        return Reports.builder(id, 1).setMatches(List.of(matches));
    }

    private static LineageMatch parent(String id) {
        return match(id).setParent(true).build();
    }

    private static LineageMatch remote(String id) {
        return match(id).build();
    }

    private static LineageMatch declared(LineageMatch match) {
        return LineageMatch.newBuilder(match).setDeclared(true).build();
    }

    private static LineageMatch.Builder match(String nameAndVersion) {
        ModelVersionId id = ModelVersionId.parse("internal/" + nameAndVersion);
        return Reports.match(id.name())
                .setModelVersionId(id.toString())
                .setRegistry("internal")
                .setVersion(id.version());
    }
}
