package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.relation.Direction.Base;
import dev.forebear.signals.relation.RewrittenModel.Values;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is named for models made from trained ones by arithmetic, in four layouts, and which is taken for the base. */
class DerivativesTest {

    private static final String MATRICES = ".*(attn\\.c_|mlp\\.|attention\\.|dense|_proj).*weight";

    static Stream<Arguments> ofEveryLayout() {
        return Family.all().stream().flatMap(family -> {
            RewrittenModel base = family.base();
            RewrittenModel tuned = family.tuned();
            RewrittenModel coarse = base.edit(MATRICES, values -> rounded(values, 7, 32));
            String tables = family.embeddings();
            return Stream.of(
                    arguments("tuned", "fine-tuned", base, tuned),
                    arguments("4 bit in blocks", "quantised", base, coarse),
                    arguments("tuned from 4 bit", "fine-tuned", coarse, coarse.plus(1, tuned, base)),
                    arguments("two layers", "layers-dropped", base, family.layers(base, 0, 2)),
                    arguments("renumbered", "laundered", base, base.renumbered(tables, shuffled(1022))),
                    arguments("adapter", "adapter-merged", base, base.adapter(family.adapted(), 8, 0.1, 5)));
        });
    }

    static Stream<Arguments> ofOneLayout() {
        Family gpt2 = Family.GPT2;
        RewrittenModel base = gpt2.base();
        RewrittenModel tuned = gpt2.tuned();
        RewrittenModel wide = base.in(Dtype.F32).noise(".*", 1e-4, 1);
        RewrittenModel fine = base.edit(MATRICES, values -> rounded(values, 127, 0));
        RewrittenModel deep = gpt2.layers(base, 0, 1, 2, 1, 2, 3).noise(".*", 0.02, 3);
        return Stream.of(
                arguments("extended", "vocabulary-changed", base, tuned.moreTokens(gpt2.embeddings(), 24)),
                arguments("cast to F32", "cast", base, base.in(Dtype.F32)),
                arguments("cast to the other half", "cast", base, base.in(Dtype.F16)),
                arguments("cast from F32", "cast", wide, wide.in(Dtype.BF16)),
                arguments("4 bit", "quantised", base, base.edit(MATRICES, values -> rounded(values, 7, 0))),
                arguments("8 bit", "quantised", base, fine),
                arguments("tuned from 8 bit", "fine-tuned", fine, fine.plus(1, tuned, base)),
                arguments("pruned", "fine-tuned", base, base.edit(MATRICES, DerivativesTest::pruned)),
                arguments("noise", "fine-tuned", base, base.noise(".*", 0.05, 2)),
                arguments("tuned, no last layer", "layers-dropped", base, gpt2.layers(tuned, 0, 1, 2)),
                arguments("six layers", "layers-repeated", base, deep),
                arguments("tuned and renumbered", "laundered", base, tuned.renumbered(".*wte.*", shuffled(1022))),
                arguments("adapter of rank 2", "adapter-merged", base, base.adapter(MATRICES, 2, 0.2, 4)),
                arguments(
                        "adapter in F32",
                        "adapter-merged",
                        base,
                        base.adapter(MATRICES, 4, 0.1, 6).in(Dtype.F32)),
                arguments("gains", "fine-tuned", base, base.edit(".*ln_.*weight", values -> values.times(1.1))));
    }

    static Stream<Arguments> laundered() {
        RewrittenModel base = Family.LLAMA.base();
        return Stream.of(
                arguments("neurons reordered", "laundered", base, reordered(base)),
                arguments("neurons rescaled", "laundered", base, rescaled(base, "up_proj", "down_proj")),
                arguments("values rescaled", "laundered", base, rescaled(base, "v_proj", "o_proj")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"ofEveryLayout", "ofOneLayout", "laundered"})
    void namesTheKindAndNeverTheWrongBase(
            String what, String kind, RewrittenModel from, RewrittenModel to, @TempDir Path folder) throws IOException {
        ModelWeights base = from.write(folder.resolve("base"));
        ModelWeights derived = to.write(folder.resolve("derived"));
        CheckpointComparison compared = CheckpointComparison.between(base, derived);
        Relation relation = Relation.of(base, derived, compared, false);
        Direction direction = Direction.between(base, derived, compared);

        assertThat(relation.kind().id()).as(relation.detail()).isEqualTo(kind);
        assertThat(direction.base()).as(direction.reason()).isIn(Base.FIRST, Base.UNDETERMINED);
    }

    /** To multiples of the largest of a block, or of a stored row where the block is 0. */
    private static Values rounded(Values values, int largest, int block) {
        float[] data = values.data().clone();
        int length = block == 0 ? values.columns() : block;
        for (int from = 0; from < data.length; from += length) {
            float most = 0;
            for (int i = from; i < from + length; i++) {
                most = Math.max(most, Math.abs(data[i]));
            }
            for (int i = from; i < from + length; i++) {
                data[i] = Math.round(data[i] / most * largest) * most / largest;
            }
        }
        return new Values(values.shape(), data);
    }

    /** Without its smaller half. */
    private static Values pruned(Values values) {
        float[] magnitudes = values.data().clone();
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = Math.abs(magnitudes[i]);
        }
        Arrays.sort(magnitudes);
        float[] data = values.data().clone();
        for (int i = 0; i < data.length; i++) {
            data[i] = Math.abs(data[i]) < magnitudes[data.length / 2] ? 0 : data[i];
        }
        return new Values(values.shape(), data);
    }

    /** New ids for tokens 4 and later. */
    private static int[] shuffled(int tokens) {
        List<Integer> ids = new ArrayList<>(IntStream.range(4, tokens).boxed().toList());
        Collections.shuffle(ids, new Random(7));
        return IntStream.concat(IntStream.range(0, 4), ids.stream().mapToInt(Integer::intValue))
                .toArray();
    }

    private static RewrittenModel reordered(RewrittenModel model) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, 96).boxed().toList());
        Collections.shuffle(order, new Random(8));
        int[] rows = order.stream().mapToInt(Integer::intValue).toArray();
        return model.edit(".*(gate_proj|up_proj).weight", values -> values.rows(rows))
                .edit(
                        ".*down_proj.weight",
                        values -> values.transposed().rows(rows).transposed());
    }

    private static RewrittenModel rescaled(RewrittenModel model, String rows, String columns) {
        double[] factors = new Random(9).doubles(96, -1, 1).map(Math::exp).toArray();
        return model.edit(".*" + rows + ".weight", values -> timesRows(values, factors, 1))
                .edit(
                        ".*" + columns + ".weight",
                        values -> timesRows(values.transposed(), factors, -1).transposed());
    }

    private static Values timesRows(Values values, double[] factors, int power) {
        float[] data = values.data().clone();
        for (int i = 0; i < data.length; i++) {
            data[i] *= (float) Math.pow(factors[i / values.columns()], power);
        }
        return new Values(values.shape(), data);
    }
}
