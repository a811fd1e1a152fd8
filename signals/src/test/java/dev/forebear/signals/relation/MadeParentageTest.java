package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.signals.relation.Parentage.Method;
import dev.forebear.signals.relation.Recipes.Made;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of children that the zoo does not hold, made from its models by arithmetic. */
class MadeParentageTest {

    private static final String BASE = "base-a";
    private static final String LIGHT = "base-a-sft-light";
    private static final String HEAVY = "base-a-sft-heavy";
    private static final String LONG = "base-a-cpt";
    private static final String ADAPTER = "base-a-lora-merged";
    private static final String SLERP = "base-a-merge-slerp";
    private static final String TIES = "base-a-merge-ties";

    private static final List<String> FAMILY = List.of(
            "base-a-rerun",
            BASE,
            "base-a-copy",
            LIGHT,
            HEAVY,
            LONG,
            ADAPTER,
            "base-a-layer-pruned",
            SLERP,
            TIES,
            "base-a-int8",
            "base-a-grandchild",
            "base-g");

    @TempDir
    private Path folder;

    private Recipes recipes;

    @BeforeEach
    void open() {
        recipes = new Recipes(folder);
    }

    @Test
    void weighsALinearMerge() throws IOException {
        Made child = recipes.make(BASE, recipes.sum(LIGHT, 0.3, HEAVY, 0.7));
        assertShares(child, Map.of(LIGHT, 0.3, HEAVY, 0.7));
    }

    @Test
    void weighsALinearMergeOfStrangers() throws IOException {
        Made child = recipes.make(BASE, recipes.sum(HEAVY, 0.5, "base-a-rerun", 0.5));
        assertShares(child, Map.of(HEAVY, 0.5, "base-a-rerun", 0.5));
    }

    @Test
    void weighsASphericalMerge() throws IOException {
        Made child = recipes.make(BASE, recipes.slerp(ADAPTER, LONG, 0.35));
        assertShares(child, Map.of(ADAPTER, 0.65, LONG, 0.35));
    }

    @Test
    void weighsAMergeWhoseSumsWereRoundedOnTheWay() throws IOException {
        Made child = recipes.make(BASE, recipes.sumInShortFloats(HEAVY, 0.4, LONG, 0.6));
        assertShares(child, Map.of(HEAVY, 0.4, LONG, 0.6));
    }

    @Test
    void findsAMergeWhoseSharesChangeFromLayerToLayer() throws IOException {
        Made child = recipes.make(BASE, recipes.gradient(HEAVY, LONG));
        assertThat(shares(child).keySet()).containsExactly(HEAVY, LONG);
    }

    @Test
    void weighsFourParents() throws IOException {
        Made child = recipes.make(BASE, recipes.sum(LIGHT, 0.1, HEAVY, 0.4, LONG, 0.3, ADAPTER, 0.2));
        assertShares(child, Map.of(LIGHT, 0.1, HEAVY, 0.4, LONG, 0.3, ADAPTER, 0.2));
    }

    @Test
    void weighsMergesOfMerges() throws IOException {
        Made child = recipes.make(BASE, recipes.sum(SLERP, 0.6, TIES, 0.4));
        assertShares(child, Map.of(SLERP, 0.6, TIES, 0.4));
    }

    /** Half of the way from the base to a fine-tune is a merge of the two. */
    @Test
    void takesTaskArithmeticForTheMergeThatItIs() throws IOException {
        assertShares(recipes.make(BASE, recipes.sum(BASE, 0.5, HEAVY, 0.5)), Map.of(BASE, 0.5, HEAVY, 0.5));
        assertShares(
                recipes.make(BASE, recipes.sum(BASE, -1, HEAVY, 1, LONG, 1)),
                Map.of(BASE, -1.0, HEAVY, 1.0, LONG, 1.0));
    }

    @Test
    void prefersParentsToAnotherMergeOfThem() throws IOException {
        Made other = recipes.make(BASE, recipes.sum(HEAVY, 0.3, LONG, 0.7));
        Made child = recipes.make(BASE, recipes.sum(HEAVY, 0.5, LONG, 0.5));
        assertThat(parents(child, other)).containsExactly(HEAVY, LONG);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.2, 0.1})
    void findsTheSourcesOfDroppedAndRescaledUpdates(double density) throws IOException {
        Made child = recipes.make(BASE, recipes.dare(BASE, HEAVY, LONG, density));
        Parentage found = parentage(child);
        assertThat(found.method()).isEqualTo(Method.ELEMENTWISE_MERGE);
        assertThat(parents(child)).containsExactly(BASE, HEAVY, LONG);
    }

    @Test
    void findsModelsWhoseLayersWerePutTogether() throws IOException {
        Made child = recipes.make(
                BASE, (tensor, columns) -> recipes.values(tensor.contains("layers.3") ? HEAVY : LIGHT, tensor));
        assertThat(parents(child)).containsExactly(LIGHT, HEAVY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {BASE, LIGHT, HEAVY, LONG, ADAPTER, SLERP, TIES, "base-a-int8", "base-a-grandchild", "base-g"})
    void pointsToTheModelThatWasTrainedFurther(String parent) throws IOException {
        Made child = recipes.make(parent, recipes.trained(parent));
        assertThat(parentage(child).method()).isEqualTo(Method.DESCENT);
        assertThat(parents(child)).containsExactly(parent);
    }

    @Test
    void followsALongLine() throws IOException {
        Made first = recipes.make(BASE, recipes.trained(HEAVY));
        Made second = recipes.make(BASE, recipes.trained(first));
        Made third = recipes.make(BASE, recipes.trained(second));
        assertThat(parents(third, first, second)).containsExactly(second.name());
        assertThat(names(parentage(third, first, second).ancestors(), first, second))
                .containsExactly(BASE, HEAVY, first.name(), second.name());
    }

    @Test
    void pointsToTheEarliestOfEqualUploads() throws IOException {
        Made copy = recipes.make(BASE, (tensor, columns) -> recipes.values(HEAVY, tensor));
        Made child = recipes.make(BASE, (tensor, columns) -> recipes.values(HEAVY, tensor));
        assertThat(parents(child, copy)).containsExactly(HEAVY);
    }

    @Test
    void pointsQuantisedModelsToWhatWasQuantised() throws IOException {
        Made other = recipes.make(BASE, recipes.quantised(LIGHT));
        Made child = recipes.make(BASE, recipes.quantised(HEAVY));
        assertThat(parents(child, other)).containsExactly(HEAVY);
        Made tuned = recipes.make(BASE, recipes.trained(child));
        assertThat(parents(tuned, other, child)).containsExactly(child.name());
    }

    /** What came after is a hundred times longer than the way from the base to the quantised model. */
    @Test
    void pointsToTheQuantisedModelThatWasTrainedFar() throws IOException {
        Made child = recipes.make(BASE, recipes.trained("base-a-int8", 0.2));
        Made sibling = recipes.make(BASE, recipes.trained(BASE, 0.2));
        assertThat(parents(child)).containsExactly("base-a-int8");
        assertThat(parents(sibling)).containsExactly(BASE);
    }

    @Test
    void pointsPrunedModelsToWhatWasPruned() throws IOException {
        Made child = recipes.make(BASE, recipes.sparse(HEAVY));
        assertThat(parents(child)).containsExactly(HEAVY);
    }

    @Test
    void callsNoPartlyTrainedModelAMerge() throws IOException {
        Made first = recipes.make(BASE, recipes.trainedWhere(BASE, "mlp"));
        Made second = recipes.make(BASE, recipes.trainedWhere(first.name(), "self_attn"));
        Made sibling = recipes.make(BASE, recipes.trainedWhere(BASE, "q_proj"));
        assertThat(parents(second, first)).containsExactly(first.name());
        assertThat(parents(sibling, first, second)).containsExactly(BASE);
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE, LIGHT, ADAPTER, "base-a-int8"})
    void callsNoModelThatHardlyMovedAMerge(String parent) throws IOException {
        Made child = recipes.make(BASE, recipes.trained(parent, 0.002));
        assertThat(parentage(child).method()).isEqualTo(Method.DESCENT);
        assertThat(parents(child)).containsExactly(parent);
    }

    @Test
    void callsNoModelWithFewChangedValuesAMerge() throws IOException {
        Random random = new Random(7);
        Made child = recipes.make(BASE, (tensor, columns) -> {
            float[] values = recipes.values(LIGHT, tensor).clone();
            float[] trained = recipes.trained(LIGHT).values(tensor, columns);
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextDouble() < 0.3 ? trained[i] : values[i];
            }
            return values;
        });
        assertThat(parents(child)).containsExactly(LIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {LIGHT, HEAVY, LONG, ADAPTER, SLERP})
    void pointsReorderedModelsToWhatWasReordered(String parent) throws IOException {
        Made child = recipes.make(BASE, recipes.reordered(parent));
        assertThat(parentage(child).method()).isEqualTo(Method.REALIGNED_DESCENT);
        assertThat(parents(child)).containsExactly(parent);
    }

    private void assertShares(Made child, Map<String, Double> expected) throws IOException {
        Map<String, Double> shares = shares(child);
        assertThat(shares.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((parent, share) -> assertThat(shares.get(parent)).isCloseTo(share, within(0.02)));
    }

    private Map<String, Double> shares(Made child) throws IOException {
        Parentage found = parentage(child);
        assertThat(found.method()).as(found.toString()).isEqualTo(Method.LINEAR_MERGE);
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Parent parent : found.parents()) {
            shares.put(recipes.earlier(FAMILY).get(parent.index()), parent.weight());
        }
        return shares;
    }

    private List<String> parents(Made child, Made... later) throws IOException {
        return names(
                parentage(child, later).parents().stream().map(Parent::index).toList(), later);
    }

    private List<String> names(List<Integer> numbers, Made... later) {
        List<String> earlier = recipes.earlier(FAMILY, later);
        return numbers.stream().map(earlier::get).toList();
    }

    private Parentage parentage(Made child, Made... later) throws IOException {
        return recipes.parentage(child, recipes.earlier(FAMILY, later));
    }
}
