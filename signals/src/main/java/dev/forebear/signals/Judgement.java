package dev.forebear.signals;

/**
 * A verdict with the number of such matches that chance would produce.
 *
 * @param verdict the combined judgement
 * @param log10EValue log10 of the number of matches as strong as this one expected by chance in a registry of the size
 *     that was searched
 * @param basis what the E-value rests on
 */
public record Judgement(Verdict verdict, double log10EValue, Basis basis) {

    /** What an E-value rests on. */
    public enum Basis {
        /** Exchangeability alone: how often a renumbering of neurons or dimensions agrees as well. */
        EXACT,
        /** What independently trained models were seen to reach. */
        EMPIRICAL,
        /**
         * Nothing: an adapter was put on the model that it declares, and the shapes fit. Agreement with that model
         * proves nothing, since it is part of what was read.
         */
        DECLARED
    }

    /** Smallest registry that an E-value is stated for. */
    static final long SMALLEST_REGISTRY = 1_000;

    /** log10 of the E-value from which on a match is established. */
    static final double LARGEST_LOG10_E_VALUE = -6;

    /** log10 of the finite-sample bound that a match needs besides. */
    static final double LARGEST_LOG10_EXACT_BOUND = -3;

    /** Cosine of the functionals below which equal coordinates may come from a shared initialisation alone. */
    public static final double SMALLEST_SHARED_FUNCTION = 0.25;

    /** log10 of the number of matches expected by chance among so many models. */
    static double log10EValue(double log10PValue, long registrySize) {
        return log10PValue + Math.log10(Math.max(registrySize, SMALLEST_REGISTRY));
    }

    /** Of an adapter and the base that it was put on, or of two on one base: no false-alarm rate can be stated. */
    public static Judgement declared(Verdict verdict) {
        return new Judgement(verdict, 0, Basis.DECLARED);
    }

    /** @param registrySize number of fingerprints that were compared with */
    public static Judgement judge(FingerprintComparison.Compared compared, long registrySize) {
        double log10EValue = log10EValue(compared.log10PValue(), registrySize);
        if (compared.sameWeights()) {
            return new Judgement(Verdict.SAME_WEIGHTS, log10EValue, Basis.EXACT);
        }
        if (log10EValue > LARGEST_LOG10_E_VALUE || compared.log10ExactBound() > LARGEST_LOG10_EXACT_BOUND) {
            return new Judgement(Verdict.NO_EVIDENCE, log10EValue, Basis.EXACT);
        }
        boolean sharesFunction = compared.sharedFunction() >= SMALLEST_SHARED_FUNCTION;
        return new Judgement(
                sharesFunction ? Verdict.DERIVED : Verdict.SHARED_INITIALISATION_OR_LINEAGE, log10EValue, Basis.EXACT);
    }
}
