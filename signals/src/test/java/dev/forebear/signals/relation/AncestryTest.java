package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.signals.Judgement.Basis;
import dev.forebear.signals.Verdict;
import dev.forebear.signals.Zoo;
import dev.forebear.signals.relation.Ancestry.Kin;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AncestryTest {

    private static final Zoo ZOO = Zoo.open();

    @Test
    void tellsAncestorsFromCousinsAndStrangers() throws IOException {
        Ancestry ancestry = of(
                "base-a-grandchild",
                "base-a-sameinit",
                "base-a",
                "base-a-rerun",
                "base-a-copy",
                "base-a-sft-light",
                "base-a-sft-heavy");

        assertThat(ancestry.kin())
                .extracting(kin -> kin.judgement().verdict())
                .containsExactly(
                        Verdict.SHARED_INITIALISATION_OR_LINEAGE,
                        Verdict.DERIVED,
                        Verdict.NO_EVIDENCE,
                        Verdict.SHARES_AN_ANCESTOR,
                        Verdict.SHARES_AN_ANCESTOR,
                        Verdict.DERIVED);
        assertThat(ancestry.lineage()).singleElement().satisfies(lineage -> {
            assertThat(lineage.parent().index()).isEqualTo(5);
            assertThat(lineage.relation().kind()).isEqualTo(RelationKind.FINE_TUNED);
        });
        assertThat(ancestry.kin().get(5).explanation()).startsWith("direct parent: fine-tuned");
        assertThat(ancestry.kin().get(1).explanation()).isEqualTo("ancestor of a direct parent");
    }

    @Test
    void namesBothParentsOfAMergeOfStrangers() throws IOException {
        Ancestry ancestry = of(
                "base-a-merge-linear",
                "base-a-sameinit",
                "base-a",
                "base-a-rerun",
                "base-a-rerun-sft",
                "base-a-sft-light");

        assertThat(ancestry.parentage().ancestors()).containsExactly(1, 2, 4);
        assertThat(ancestry.lineage())
                .extracting(lineage -> lineage.parent().index())
                .containsExactly(2, 4);
        assertThat(ancestry.lineage()).allSatisfy(lineage -> {
            assertThat(lineage.relation().kind()).isEqualTo(RelationKind.MERGED);
            assertThat(lineage.direction().base()).isEqualTo(Direction.Base.FIRST);
        });
        assertThat(ancestry.kin().get(2).judgement().verdict()).isEqualTo(Verdict.DERIVED);
        assertThat(ancestry.kin().get(2).explanation()).startsWith("direct parent: merged, share 0.40");
        assertThat(ancestry.kin().get(3).judgement().verdict()).isEqualTo(Verdict.SHARES_AN_ANCESTOR);
        assertThat(ancestry.kin().getFirst().judgement().verdict()).isEqualTo(Verdict.SHARED_INITIALISATION_OR_LINEAGE);
    }

    @Test
    void leavesAModelWithoutRelativesWithoutParents() throws IOException {
        Ancestry ancestry = of("trap-config", "base-a", "base-b");

        assertThat(ancestry.lineage()).isEmpty();
        assertThat(ancestry.kin()).extracting(Kin::explanation).containsOnly("nothing in common beyond chance");
    }

    @Test
    void callsTheEarliestOfEqualUploadsTheParent() throws IOException {
        Ancestry ancestry = of("base-a-copy", "base-a", "base-a-adv-vocab-shuffled");

        assertThat(ancestry.lineage())
                .extracting(lineage -> lineage.parent().index())
                .containsExactly(0);
        assertThat(ancestry.kin().getFirst().judgement().verdict()).isEqualTo(Verdict.SAME_WEIGHTS);
    }

    @Test
    void namesTheBaseThatAnAdapterWasPutOnAndProvesNothingByIt() throws IOException {
        try (Checkpoint adapter = Checkpoint.open(folder("base-a-lora-adapter"), folder("base-a-sft-light"))) {
            List<ModelWeights> earlier = new ArrayList<>();
            for (String name : List.of("base-a", "base-a-sft-light", "base-a-sft-heavy", "base-b")) {
                earlier.add(ModelWeights.of(ZOO.checkpoint(name)));
            }
            Ancestry ancestry = Ancestry.of(ModelWeights.of(adapter), earlier, 1_000);

            assertThat(ancestry.lineage()).singleElement().satisfies(lineage -> {
                assertThat(lineage.parent().index()).isEqualTo(1);
                assertThat(lineage.relation().kind()).isEqualTo(RelationKind.ADAPTER);
                assertThat(lineage.relation().detail())
                        .isEqualTo("LoRA of rank 4 on q_proj, v_proj; declared, and the shapes fit");
                assertThat(lineage.direction().base()).isEqualTo(Direction.Base.FIRST);
            });
            assertThat(ancestry.kin())
                    .extracting(kin -> kin.judgement().verdict())
                    .containsExactly(Verdict.DERIVED, Verdict.DERIVED, Verdict.SHARES_AN_ANCESTOR, Verdict.NO_EVIDENCE);
            assertThat(ancestry.kin().get(0).judgement().basis()).isEqualTo(Basis.EXACT);
            assertThat(ancestry.kin().get(1).judgement().basis()).isEqualTo(Basis.DECLARED);
        }
    }

    private static FolderStorage folder(String name) {
        return new FolderStorage(Path.of("../zoo").resolve(name));
    }

    private static Ancestry of(String derived, String... earlier) throws IOException {
        List<ModelWeights> models = new ArrayList<>();
        for (String name : Arrays.asList(earlier)) {
            models.add(ModelWeights.of(ZOO.checkpoint(name)));
        }
        return Ancestry.of(ModelWeights.of(ZOO.checkpoint(derived)), models, 1_000_000);
    }
}
