package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.signals.Zoo;
import dev.forebear.signals.Zoo.Truth;
import dev.forebear.signals.relation.Parentage.Method;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every child of the zoo that can be read, among all of its relatives that come before it in lineage.json. */
class ParentageTest {

    private static final Zoo ZOO = Zoo.open();
    private static final Map<String, Found> FOUND = new LinkedHashMap<>();

    private record Found(List<String> earlier, Parentage parentage) {

        Map<String, Double> parents() {
            Map<String, Double> parents = new TreeMap<>();
            parentage.parents().forEach(parent -> parents.put(earlier.get(parent.index()), parent.weight()));
            return parents;
        }
    }

    @BeforeAll
    static void findAll() throws IOException {
        Map<String, ModelWeights> models = new LinkedHashMap<>();
        for (String name : ZOO.inOrderOfUpload()) {
            ModelWeights weights = read(name);
            if (weights == null) {
                continue;
            }
            if (!ZOO.parents(name).isEmpty()) {
                FOUND.put(name, find(name, weights, models));
            }
            models.put(name, weights);
        }
    }

    private static Found find(String name, ModelWeights weights, Map<String, ModelWeights> before) throws IOException {
        List<String> earlier = new ArrayList<>();
        List<Relative> relatives = new ArrayList<>();
        for (Map.Entry<String, ModelWeights> other : before.entrySet()) {
            Truth truth = ZOO.truth(other.getKey(), name);
            if (truth != Truth.INDEPENDENT) {
                earlier.add(other.getKey());
                relatives.add(SameBasis.relative(other.getValue(), weights, truth == Truth.RELATED ? 1 : 0.1));
            }
        }
        return new Found(earlier, Parentage.of(weights, relatives));
    }

    private static ModelWeights read(String name) throws IOException {
        try {
            return ModelWeights.of(ZOO.checkpoint(name));
        } catch (CheckpointException | UncheckedIOException unreadable) {
            return null;
        }
    }

    @Test
    void findsEveryParentOfEveryChild() {
        assertThat(FOUND).hasSizeGreaterThanOrEqualTo(25);
        FOUND.forEach((child, found) -> assertThat(found.parents().keySet())
                .as(child + ": " + found.parentage())
                .containsExactlyInAnyOrderElementsOf(ZOO.parents(child).keySet()));
    }

    @Test
    void weighsTheParentsOfAMerge() {
        FOUND.forEach((child, found) -> ZOO.parents(child).forEach((parent, share) -> {
            if (!share.isNaN()) {
                assertThat(found.parents().get(parent)).as(child).isCloseTo(share, within(0.001));
            }
        }));
    }

    @Test
    void callsNothingAMergeThatIsNone() {
        FOUND.forEach((child, found) -> assertThat(found.parentage().method().isMerge())
                .as(child)
                .isEqualTo(ZOO.parents(child).size() > 1));
    }

    @Test
    void countsAncestorsOfParents() {
        assertThat(ancestors("base-a-grandchild")).containsExactly("base-a", "base-a-sft-heavy");
        assertThat(ancestors("base-a-merge-linear")).containsExactly("base-a", "base-a-rerun", "base-a-sft-light");
    }

    @Test
    void putsLaunderedAndNarrowedRowsBackInOrder() {
        for (String child : List.of(
                "base-a-adv-permuted",
                "base-a-adv-rotated",
                "base-a-adv-all",
                "base-a-adv-scaled",
                "base-a-width-pruned")) {
            assertThat(FOUND.get(child).parentage().method()).as(child).isEqualTo(Method.REALIGNED_DESCENT);
        }
    }

    @Test
    void measuresWhatTheDocumentationStates() throws IOException {
        long right = FOUND.entrySet().stream()
                .filter(found -> found.getValue()
                        .parents()
                        .keySet()
                        .equals(ZOO.parents(found.getKey()).keySet()))
                .count();
        String stated = String.format(Locale.ROOT, "right for %d of the %d children", right, FOUND.size());
        assertThat(Files.readAllLines(Path.of("../docs/signals.md")))
                .filteredOn(line -> line.contains("right for"))
                .singleElement()
                .asString()
                .contains(stated);
    }

    private static List<String> ancestors(String child) {
        Found found = FOUND.get(child);
        return found.parentage().ancestors().stream()
                .map(found.earlier()::get)
                .sorted()
                .toList();
    }
}
