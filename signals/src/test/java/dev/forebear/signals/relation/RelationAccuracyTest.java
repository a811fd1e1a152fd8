package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.peer.SignalsDocument;
import dev.forebear.signals.relation.Direction.Base;
import dev.forebear.signals.relation.RelatedZoo.Child;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is named for the children of the zoo. */
class RelationAccuracyTest {

    private static RelatedZoo zoo;

    @BeforeAll
    static void open() throws IOException {
        zoo = new RelatedZoo();
    }

    @Test
    void namesWhatWasDoneToEveryChildAndParent() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Child child : zoo.children()) {
            Relation relation = zoo.relation(child);
            if (!relation.kind().id().equals(child.kind())) {
                wrong.add(child + ": " + relation.kind().id() + ", " + relation.detail());
            }
        }
        assertThat(wrong).isEmpty();
        SignalsDocument.assertStates(
                "all " + zoo.children().size() + " pairs of a child of the zoo and a parent of it are named right");
    }

    @ParameterizedTest
    @CsvSource({
        "base-a-sft-light, base-a-sft-heavy",
        "base-a-sft-heavy, base-a-cpt",
        "base-a-sft-light, base-a-lora-merged",
        "base-a-lora-merged, base-a-merge-slerp",
        "base-a-cpt, base-a-adv-noise",
    })
    void seesNothingButTrainingBetweenSiblings(String a, String b) throws IOException {
        ModelWeights first = zoo.model(a);
        ModelWeights second = zoo.model(b);
        Relation relation = Relation.of(first, second, CheckpointComparison.between(first, second), false);
        assertThat(relation.kind()).as(relation.detail()).isEqualTo(RelationKind.FINE_TUNED);
    }

    @Test
    void namesTheBaseOfEveryPairItDecides() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> undetermined = new ArrayList<>();
        int pairs = 0;
        for (Child child : zoo.children()) {
            if (child.byWeights() && !child.kind().equals("merged")) {
                pairs++;
                Direction forwards = new DirectionEvidence(zoo.pair(child)).decide();
                Direction backwards = new DirectionEvidence(zoo.pair(child).reversed()).decide();
                if (forwards.base() == Base.SECOND || backwards.base() == Base.FIRST) {
                    wrong.add(child + ": " + forwards + ", " + backwards);
                }
                if (forwards.base() == Base.UNDETERMINED || backwards.base() == Base.UNDETERMINED) {
                    undetermined.add(child.derived());
                }
                assertThat(forwards.certainty()).isEqualTo(backwards.certainty());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(undetermined).hasSizeLessThanOrEqualTo(pairs / 5);
        SignalsDocument.assertStates("Of " + pairs + " pairs that are no merges, " + (pairs - undetermined.size())
                + " are decided, all of them right, and " + undetermined.size() + " are left open ("
                + undetermined.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")) + ")");
    }
}
