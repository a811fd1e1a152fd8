package dev.forebear.signals;

import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.FingerprintComparison.NotComparable;
import dev.forebear.signals.evidence.EvidenceComparison;
import dev.forebear.signals.evidence.FunctionalComparison;
import dev.forebear.signals.evidence.PreparedEvidence;
import dev.forebear.signals.peer.PeerFeatures;
import java.util.Arrays;
import java.util.List;

/**
 * A fingerprint decoded once, so that one can be compared with many. Immutable. Holds what comparisons need, so that
 * the fingerprint it was made of need not be kept: some 30 KB for 7 billion parameters.
 */
public final class PreparedFingerprint {

    private static final double CERTAIN = -300;

    private final int algorithmVersion;
    private final byte[] weightsDigest;
    private final ModelShape shape;
    private final PeerFeatures peer;
    private final PreparedEvidence evidence;

    private PreparedFingerprint(Fingerprint fingerprint) {
        this.algorithmVersion = fingerprint.algorithmVersion();
        this.weightsDigest = fingerprint.weightsDigest();
        this.shape = fingerprint.shape();
        this.peer = fingerprint.peer();
        this.evidence = new PreparedEvidence(fingerprint.shape(), fingerprint.evidence());
    }

    public static PreparedFingerprint of(Fingerprint fingerprint) {
        return new PreparedFingerprint(fingerprint);
    }

    /** Version of the algorithm that made the fingerprint. */
    public int algorithmVersion() {
        return algorithmVersion;
    }

    /** Dimensions of the model. */
    public ModelShape shape() {
        return shape;
    }

    /** Features of the peer signals. */
    public PeerFeatures peer() {
        return peer;
    }

    byte[] weightsDigest() {
        return weightsDigest;
    }

    PreparedEvidence evidence() {
        return evidence;
    }

    /**
     * log10 of a p-value from the cheap statistics alone; not above 0. Cheap enough to ask of every model of a
     * registry. Worth a full comparison when {@code screen + log10(registry size) <= 1}; equal weights always pass,
     * fingerprints of another algorithm version never do.
     */
    public double screen(PreparedFingerprint other) {
        if (algorithmVersion != other.algorithmVersion) {
            return 0;
        }
        return sameWeights(other) ? CERTAIN : evidence.log10Screen(other.evidence);
    }

    /**
     * How strongly the pair is nominated, as {@link Compared#nomination()}, by what signs do not rule out; 0 where they
     * rule out all, so cheap enough to ask of every model of a registry. Also 0 for fingerprints of another algorithm
     * version.
     */
    public double nomination(PreparedFingerprint other) {
        if (algorithmVersion != other.algorithmVersion || sameWeights(other)) {
            return 0;
        }
        FunctionalComparison functions = evidence.functionsWhereSignsAgree(other.evidence);
        return Nomination.strength(functions.sharedFunction(), functions.embeddingGeometry());
    }

    /** The full comparison; equal weights need no statistic. */
    public FingerprintComparison compareTo(PreparedFingerprint other) {
        if (algorithmVersion != other.algorithmVersion) {
            return new NotComparable("expected fingerprints of one algorithm version, found " + algorithmVersion
                    + " and " + other.algorithmVersion);
        }
        if (sameWeights(other)) {
            return new Compared(List.of(), CERTAIN, CERTAIN, 1, 1, 1, true, List.of());
        }
        EvidenceComparison found = EvidenceComparison.between(evidence, other.evidence);
        return new Compared(
                found.evidence(),
                found.log10PValue(),
                found.log10ExactBound(),
                found.effectSize(),
                found.sharedFunction(),
                found.embeddingGeometry(),
                false,
                found.notComparable());
    }

    /** Whether both were made of equal weights. */
    public boolean sameWeights(PreparedFingerprint other) {
        return isOf(other.weightsDigest);
    }

    /** Whether it was made of the weights with this digest. */
    public boolean isOf(byte[] weightsDigest) {
        return Arrays.equals(this.weightsDigest, weightsDigest);
    }
}
