package dev.forebear.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KinshipTest {

    private static final Lineage FAMILY = new Lineage(List.of(
            entry("base", List.of(), List.of()),
            entry("other", List.of(), List.of()),
            entry("child", List.of("base"), List.of()),
            entry("sibling", List.of("base"), List.of()),
            entry("grandchild", List.of("child"), List.of()),
            entry("blend", List.of("child", "other"), List.of()),
            entry("distilled", List.of(), List.of("grandchild")),
            entry("taught", List.of("distilled"), List.of()),
            entry("orphan", List.of("absent"), List.of()),
            entry("second-orphan", List.of("absent"), List.of())));

    private final Kinship kinship = new Kinship(FAMILY);

    @Test
    void ancestorsAndSiblingsAreRelated() {
        assertThat(between("base", "grandchild")).isEqualTo(Truth.RELATED);
        assertThat(between("grandchild", "sibling")).isEqualTo(Truth.RELATED);
        assertThat(between("blend", "other")).isEqualTo(Truth.RELATED);
        assertThat(between("taught", "distilled")).isEqualTo(Truth.RELATED);
    }

    @Test
    void aCommonChildRelatesNobody() {
        assertThat(between("base", "other")).isEqualTo(Truth.INDEPENDENT);
        assertThat(between("sibling", "other")).isEqualTo(Truth.INDEPENDENT);
    }

    @Test
    void distillationIsAmbiguousHoweverFarItIs() {
        assertThat(between("distilled", "base")).isEqualTo(Truth.AMBIGUOUS);
        assertThat(between("taught", "sibling")).isEqualTo(Truth.AMBIGUOUS);
        assertThat(between("taught", "other")).isEqualTo(Truth.INDEPENDENT);
    }

    @Test
    void anAncestorThatIsNotInTheZooRelatesAllTheSame() {
        assertThat(between("orphan", "second-orphan")).isEqualTo(Truth.RELATED);
        assertThat(between("orphan", "base")).isEqualTo(Truth.INDEPENDENT);
    }

    @Test
    void knowsTheTrainingThatAModelGoesBackTo() {
        Map<String, Integer> positions = FAMILY.positions();
        assertThat(kinship.training(positions.get("blend")))
                .as("one of two, always the same")
                .isEqualTo("base");
        assertThat(kinship.training(positions.get("taught"))).isEqualTo("base");
        assertThat(kinship.training(positions.get("orphan"))).isEqualTo("absent");
    }

    @Test
    void aLineageThatGoesInCirclesEnds() {
        var circle = new Kinship(
                new Lineage(List.of(entry("a", List.of("b"), List.of()), entry("b", List.of("a"), List.of()))));

        assertThat(circle.between(0, 1)).isEqualTo(Truth.RELATED);
        assertThat(circle.training(1)).isEqualTo("a");
    }

    @Test
    void countsTheZooAsItsMakersDo() throws IOException {
        Lineage lineage = Lineage.read(Path.of("..", "zoo"));
        var zoo = new Kinship(lineage);
        int[] counts = new int[Truth.values().length];
        for (int later = 0; later < lineage.models().size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                counts[zoo.between(earlier, later).ordinal()]++;
            }
        }

        assertThat(counts).containsExactly(383, 57, 301);
    }

    private Truth between(String first, String second) {
        Map<String, Integer> positions = FAMILY.positions();
        Truth truth = kinship.between(positions.get(first), positions.get(second));
        assertThat(kinship.between(positions.get(second), positions.get(first))).isEqualTo(truth);
        return truth;
    }

    private static LineageEntry entry(String id, List<String> parents, List<String> softParents) {
        return new LineageEntry(id, id, "made", null, parents, softParents, List.of());
    }
}
