package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.plan.ReadStep;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import dev.forebear.signals.weights.Findings;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the evidence features of a checkpoint, step by step. What cannot be computed is null and the reason a
 * finding: unrecognised names, packed weights, no tokenizer.
 */
public final class EvidenceExtraction {

    private final Findings findings = new Findings();
    private final @Nullable Transformer transformer;
    private final @Nullable Tokenizer tokenizer;
    private @Nullable PositionalSketch positional;
    private @Nullable NeuronScalars neurons;
    private @Nullable Functionals functionals;

    /** @throws IOException if the storage could not be read */
    public EvidenceExtraction(Checkpoint checkpoint) throws IOException {
        this.transformer = recognised(checkpoint, findings);
        this.tokenizer = transformer == null ? null : tokenizer(checkpoint, findings);
    }

    /** Runs all steps. */
    static EvidenceFeatures of(Checkpoint checkpoint) throws IOException {
        var extraction = new EvidenceExtraction(checkpoint);
        for (ReadStep step : extraction.steps()) {
            step.reading().read();
        }
        return extraction.features();
    }

    private static @Nullable Transformer recognised(Checkpoint checkpoint, Findings findings) throws IOException {
        try {
            return checkpoint.transformer();
        } catch (CheckpointException notRecognised) {
            findings.add(notRecognised);
            return null;
        }
    }

    /** Null, with a finding when there is one that cannot be read. */
    private static @Nullable Tokenizer tokenizer(Checkpoint checkpoint, Findings findings) throws IOException {
        try {
            return checkpoint.tokenizer();
        } catch (CheckpointException unreadable) {
            findings.add(unreadable);
            return null;
        }
    }

    /** To be run in this order, once. */
    public List<ReadStep> steps() {
        if (transformer == null) {
            return List.of();
        }
        Transformer model = transformer;
        return List.of(
                new ReadStep("positional sketch", () -> positional = new PositionalSketcher(model, findings).sketch()),
                new ReadStep("neuron scalars", () -> neurons = new NeuronRanker(model, findings).rank()),
                new ReadStep(
                        "shared function",
                        () -> functionals = new FunctionalProjector(model, findings).project(tokenizer)));
    }

    /** What the steps made. */
    public EvidenceFeatures features() {
        if (transformer != null) {
            addMissing();
        }
        return new EvidenceFeatures(positional, neurons, functionals, findings.lines());
    }

    private void addMissing() {
        if (positional == null) {
            findings.add("positional sketch: neither projection rows nor norm gains could be read");
        }
        if (neurons == null) {
            findings.add("neuron scalars: expected an MLP in every layer, found layers without one");
        }
    }
}
