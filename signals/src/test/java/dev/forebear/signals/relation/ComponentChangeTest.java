package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.relation.ComponentChange.Fate;
import dev.forebear.signals.relation.RewrittenModel.Values;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentChangeTest {

    private final RewrittenModel original = Family.LLAMA.base();

    @Test
    void localisesWhatWasReplacedFrozenAndInherited(@TempDir Path folder) throws IOException {
        RewrittenModel changed = Family.LLAMA.tuned();
        for (String name : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
            changed = changed.edit(
                    "model.layers.1.self_attn." + name + ".weight", values -> random(values, name.hashCode()));
        }
        for (String name : original.tensors().keySet()) {
            changed = name.startsWith("model.layers.2.") ? changed.with(name, original.tensor(name)) : changed;
        }
        Map<String, Fate> fates = components(original, changed, folder).stream()
                .collect(Collectors.toMap(
                        component -> component.layer() + " " + component.component(), ComponentChange::fate));

        assertThat(fates).hasSize(4 * 7 + 2);
        assertThat(fates)
                .containsEntry("1 query", Fate.REPLACED)
                .containsEntry("1 output", Fate.REPLACED)
                .containsEntry("1 up", Fate.INHERITED)
                .containsEntry("2 query", Fate.FROZEN)
                .containsEntry("2 down", Fate.FROZEN)
                .containsEntry("3 value", Fate.INHERITED)
                .containsEntry("-1 embedding", Fate.INHERITED)
                .containsEntry("-1 output-head", Fate.INHERITED);
    }

    @Test
    void placesAReplacedLayerByItsNeighbours(@TempDir Path folder) throws IOException {
        RewrittenModel changed = original.edit("model.layers.1.*_proj.weight", values -> random(values, 5));
        List<ComponentChange> components = components(original, changed, folder);
        assertThat(components)
                .filteredOn(component -> component.layer() == 1)
                .hasSize(7)
                .allSatisfy(component -> {
                    assertThat(component.baseLayer()).isEqualTo(1);
                    assertThat(component.fate()).isEqualTo(Fate.REPLACED);
                    assertThat(component.similarity()).isBetween(-0.1, 0.1);
                });
    }

    private static List<ComponentChange> components(RewrittenModel from, RewrittenModel to, Path folder)
            throws IOException {
        ModelWeights base = from.write(folder.resolve("base"));
        ModelWeights derived = to.write(folder.resolve("derived"));
        return Relation.of(base, derived, CheckpointComparison.between(base, derived), false)
                .components();
    }

    private static Values random(Values values, long seed) {
        Random random = new Random(seed);
        float[] data = new float[values.data().length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (0.05 * random.nextGaussian());
        }
        return new Values(values.shape(), data);
    }
}
