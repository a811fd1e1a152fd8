package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.signals.relation.Direction.Base;
import dev.forebear.signals.relation.RelatedZoo.Child;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
        assertThat(zoo.children()).hasSizeGreaterThanOrEqualTo(33);
        assertThat(wrong).isEmpty();
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
    }
}
