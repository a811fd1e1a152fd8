package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import dev.forebear.signals.weights.Findings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Computes the evidence features of a checkpoint. */
public final class EvidenceExtraction {

    private EvidenceExtraction() {}

    /**
     * What cannot be computed is null and the reason a finding: unrecognised names, packed weights, no tokenizer.
     *
     * @throws IOException if the storage could not be read
     */
    public static EvidenceFeatures of(Checkpoint checkpoint) throws IOException {
        Findings findings = new Findings();
        Transformer transformer;
        try {
            transformer = checkpoint.transformer();
        } catch (CheckpointException notRecognised) {
            findings.add(notRecognised);
            return new EvidenceFeatures(null, null, null, findings.lines());
        }
        PositionalSketch positional = new PositionalSketcher(transformer, findings).sketch();
        NeuronScalars neurons = new NeuronRanker(transformer, findings).rank();
        Functionals functionals =
                new FunctionalProjector(transformer, findings).project(tokenizer(checkpoint, findings));
        addMissing(positional, neurons, findings);
        return new EvidenceFeatures(positional, neurons, functionals, findings.lines());
    }

    /** Null, with a finding when there is one that cannot be read. */
    static @Nullable Tokenizer tokenizer(Checkpoint checkpoint, Findings findings) throws IOException {
        try {
            return checkpoint.tokenizer();
        } catch (CheckpointException unreadable) {
            findings.add(unreadable);
            return null;
        }
    }

    private static void addMissing(
            @Nullable PositionalSketch positional, @Nullable NeuronScalars neurons, Findings findings) {
        if (positional == null) {
            findings.add("positional sketch: neither projection rows nor norm gains could be read");
        }
        if (neurons == null) {
            findings.add("neuron scalars: expected an MLP in every layer, found layers without one");
        }
    }
}
