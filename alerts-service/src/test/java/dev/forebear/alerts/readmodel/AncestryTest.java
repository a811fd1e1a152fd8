package dev.forebear.alerts.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.alerts.Reports;
import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.readmodel.LineageGraph.Direction;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AncestryTest {

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
    void namesAncestorsOfAncestorsOnceTheNearestFirst() {
        put(report("base@1"));
        put(report("middle@1", parent("base@1")));
        LineageReport report = report("model@1", parent("middle@1"), remote("base@1"));

        assertThat(ancestors(report))
                .extracting(ancestor -> ancestor.match().getModelVersionId(), Ancestor::depth, Ancestor::through)
                .containsExactly(tuple("internal/middle@1", 1, null), tuple("internal/base@1", 2, null));
    }

    @Test
    void tellsThroughWhomAnAncestorIsKnown() {
        put(report("middle@1", parent("base@1")));
        LineageReport report = report("model@1", parent("middle@1"));

        assertThat(ancestors(report))
                .extracting(ancestor -> ancestor.match().getModelVersionId(), Ancestor::depth, Ancestor::through)
                .containsExactly(tuple("internal/middle@1", 1, null), tuple("internal/base@1", 2, "internal/middle@1"));
        assertThat(ancestors(report).getLast().match())
                .usingRecursiveComparison()
                .ignoringFields("evidence", "peerSimilarities")
                .isEqualTo(parent("base@1"));
    }

    @Test
    void countsTheStepsOverParentsNotTheShortcut() {
        put(report("b@1", parent("a@1")));
        put(report("c@1", parent("b@1"), remote("a@1")));
        LineageReport report = report("d@1", parent("c@1"), remote("a@1"));

        assertThat(ancestors(report))
                .extracting(ancestor -> ancestor.match().getName(), Ancestor::depth)
                .containsExactly(tuple("c", 1), tuple("b", 2), tuple("a", 3));
    }

    @Test
    void tellsWhomStepsLeadToFromRelativesOnOtherBranches() {
        put(report("base@1"));
        put(report("middle@1", parent("base@1")));
        put(report("sibling@1", parent("elsewhere@1")));
        LineageReport report = report("model@1", parent("middle@1"), remote("base@1"), remote("sibling@1"));

        assertThat(ancestors(report))
                .extracting(ancestor -> ancestor.match().getName(), Ancestor::way)
                .containsExactlyInAnyOrder(
                        tuple("middle", Ancestor.Way.STEPS),
                        tuple("base", Ancestor.Way.STEPS),
                        tuple("sibling", Ancestor.Way.REMOTE),
                        tuple("elsewhere", Ancestor.Way.REMOTE));
    }

    @Test
    void takesTheNearestForTheParentWhereNoneIsKnown() {
        LineageReport report = report("model@1", nearest("near@1"), remote("far@1"));

        assertThat(ancestors(report))
                .extracting(ancestor -> ancestor.match().getName(), Ancestor::depth)
                .containsExactly(tuple("near", 1), tuple("far", 2));
    }

    @Test
    void goesRoundACycleOnceAndNeverNamesTheModelItself() {
        put(report("a@1", parent("b@1")));
        put(report("b@1", parent("model@1"), parent("a@1")));
        LineageReport report = report("model@1", parent("a@1"));

        assertThat(ancestors(report))
                .extracting(ancestor -> ancestor.match().getName())
                .containsExactly("a", "b");
    }

    @Test
    void goesOnOverProvenMatchesOnly() {
        put(report("cousin@1", parent("elsewhere@1")));
        put(report(
                "parent@1",
                match("cousin@1").setVerdict(Verdict.SHARES_AN_ANCESTOR).build()));
        LineageReport report = report(
                "model@1",
                parent("parent@1"),
                match("relative@1").setVerdict(Verdict.SHARES_AN_ANCESTOR).build());

        assertThat(ancestors(report))
                .extracting(ancestor -> ancestor.match().getName())
                .containsExactlyInAnyOrder("parent", "relative");
    }

    @Test
    void endsAfterSoManyModels() {
        model.putAll(IntStream.rangeClosed(1, Ancestry.MOST_MODELS + 10)
                .mapToObj(i -> report("m" + i + "@1", parent("m" + (i - 1) + "@1")))
                .toList());
        LineageReport report = report("model@1", parent("m" + (Ancestry.MOST_MODELS + 10) + "@1"));

        assertThat(ancestors(report)).hasSize(Ancestry.MOST_MODELS - 1);
    }

    @Test
    void drawsWhatIsAroundAModel() {
        put(report("base@1"));
        put(report("model@1", parent("base@1")));
        put(report("child@1", parent("model@1"), remote("base@1")));
        put(report("sibling@1", parent("base@1")));
        var graphs = new LineageGraphs(model.model().queries());

        var both = graphs.around("internal/model@1", Direction.BOTH, 9, 100);
        assertThat(both.nodes())
                .extracting(LineageGraph.Node::id, LineageGraph.Node::depth)
                .containsExactly(
                        tuple("internal/model@1", 0), tuple("internal/base@1", -1), tuple("internal/child@1", 1));
        assertThat(both.edges())
                .extracting(LineageGraph.Edge::derivedId, LineageGraph.Edge::baseId, LineageGraph.Edge::direct)
                .containsExactlyInAnyOrder(
                        tuple("internal/model@1", "internal/base@1", true),
                        tuple("internal/child@1", "internal/model@1", true));
        assertThat(both.truncated()).isFalse();
        assertThat(graphs.around("internal/base", Direction.DESCENDANTS, 1, 100).nodes())
                .extracting(LineageGraph.Node::id)
                .containsExactly("internal/base@1", "internal/model@1", "internal/sibling@1");
        assertThat(graphs.around("internal/base", Direction.DESCENDANTS, 9, 2).truncated())
                .isTrue();
        assertThat(graphs.around("internal/nobody", Direction.BOTH, 9, 100).nodes())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"base, DESCENDANTS", "base, BOTH", "lost, ANCESTORS", "lost, BOTH"})
    void drawsAMatchThatIsNoStepToWhoWouldStandAlone(String model, Direction direction) {
        put(report("base@1"));
        put(report("lost@1", parent("elsewhere@1"), remote("base@1")));
        var graphs = new LineageGraphs(this.model.model().queries());

        assertThat(graphs.around("internal/" + model, direction, 9, 100).edges())
                .extracting(LineageGraph.Edge::derivedId, LineageGraph.Edge::baseId, LineageGraph.Edge::direct)
                .contains(tuple("internal/lost@1", "internal/base@1", false));
    }

    private List<Ancestor> ancestors(LineageReport report) {
        return new Ancestry(model.model().queries()).of(report);
    }

    private void put(LineageReport report) {
        model.put(report);
    }

    private static LineageReport report(String nameAndVersion, LineageMatch... matches) {
        return Reports.builder(nameAndVersion, 1)
                .setMatches(Arrays.asList(matches))
                .build();
    }

    private static LineageMatch parent(String nameAndVersion) {
        return match(nameAndVersion).setParent(true).build();
    }

    private static LineageMatch nearest(String nameAndVersion) {
        return match(nameAndVersion).setNearest(true).build();
    }

    private static LineageMatch remote(String nameAndVersion) {
        return match(nameAndVersion).build();
    }

    private static LineageMatch.Builder match(String nameAndVersion) {
        ModelVersionId id = ModelVersionId.parse("internal/" + nameAndVersion);
        return Reports.match(id.name())
                .setModelVersionId(id.toString())
                .setRegistry(id.registry())
                .setName(id.name())
                .setVersion(id.version());
    }
}
