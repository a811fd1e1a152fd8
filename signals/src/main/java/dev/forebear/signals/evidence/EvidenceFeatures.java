package dev.forebear.signals.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Features that the calibrated evidence is computed from; each null where it could not be computed.
 *
 * @param positional K1, for row and column positions
 * @param neuronScalars K3, for neurons
 * @param functionals K5, guards against shared initialisation
 * @param findings why a feature is missing, and what is wrong in the weights (NaN or infinity), one line each
 */
public record EvidenceFeatures(
        @Nullable PositionalSketch positional,
        @Nullable NeuronScalars neuronScalars,
        @Nullable Functionals functionals,
        List<String> findings) {

    public EvidenceFeatures {
        findings = List.copyOf(findings);
    }
}
