package dev.forebear.signals.peer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Cosine and Pearson correlation as the peer computes them; null where they are not defined. */
final class VectorSimilarity {

    private static final double SMALLEST_NORM_PRODUCT = 1e-10;
    private static final double SMALLEST_DEVIATION = 1e-8;

    private static final double FAR_FROM_TIE = 1e-6;
    private static final double LARGEST_SCALED = 1e8;

    private VectorSimilarity() {}

    /** Cosine of the first {@code length} values, -1 to 1; null when a norm is next to zero or a value not finite. */
    static @Nullable Double cosine(double[] a, double[] b, int length) {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < length; i++) {
            product += a[i] * b[i];
            squaresA += a[i] * a[i];
            squaresB += b[i] * b[i];
        }
        return cosine(product, squaresA, squaresB);
    }

    /** The same of floats. */
    static @Nullable Double cosine(float[] a, float[] b, int length) {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < length; i++) {
            product += (double) a[i] * b[i];
            squaresA += (double) a[i] * a[i];
            squaresB += (double) b[i] * b[i];
        }
        return cosine(product, squaresA, squaresB);
    }

    /** The same of whole numbers. */
    static @Nullable Double cosine(byte[] a, byte[] b) {
        long product = 0;
        long squaresA = 0;
        long squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            int left = a[i];
            int right = b[i];
            product += left * right;
            squaresA += left * left;
            squaresB += right * right;
        }
        return cosine(product, squaresA, squaresB);
    }

    private static @Nullable Double cosine(double product, double squaresA, double squaresB) {
        double norms = Math.sqrt(squaresA) * Math.sqrt(squaresB);
        double cosine = product / norms;
        return norms < SMALLEST_NORM_PRODUCT || !Double.isFinite(cosine) ? null : Math.clamp(cosine, -1, 1);
    }

    /** (r + 1) / 2 of two series of one length, rounded; null when one of them is constant or not finite. */
    static @Nullable Double correlation(double[] a, double[] b) {
        double sumA = 0;
        double sumB = 0;
        for (int i = 0; i < a.length; i++) {
            sumA += a[i];
            sumB += b[i];
        }
        double meanA = sumA / a.length;
        double meanB = sumB / b.length;
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (a[i] - meanA) * (b[i] - meanB);
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
        }
        double limit = SMALLEST_DEVIATION * SMALLEST_DEVIATION * a.length;
        if (!(squaresA >= limit && squaresB >= limit) || !Double.isFinite(squaresA + squaresB)) {
            return null;
        }
        double r = product / Math.sqrt(squaresA) / Math.sqrt(squaresB);
        return round((Math.clamp(r, -1, 1) + 1) / 2);
    }

    /** The same of whole numbers, whose sums are exact. */
    static @Nullable Double correlation(short[] a, short[] b) {
        long sumA = 0;
        long sumB = 0;
        long product = 0;
        long squaresA = 0;
        long squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            int left = a[i];
            int right = b[i];
            sumA += left;
            sumB += right;
            product += left * right;
            squaresA += left * left;
            squaresB += right * right;
        }
        double varianceA = (double) a.length * squaresA - (double) sumA * sumA;
        double varianceB = (double) a.length * squaresB - (double) sumB * sumB;
        if (!(varianceA > 0 && varianceB > 0)) {
            return null;
        }
        double covariance = (double) a.length * product - (double) sumA * sumB;
        double r = covariance / Math.sqrt(varianceA) / Math.sqrt(varianceB);
        return round((Math.clamp(r, -1, 1) + 1) / 2);
    }

    /** A cosine between 0 and 1, negative ones raised to 0, rounded; null stays null. */
    static @Nullable Double clampedToUnit(@Nullable Double cosine) {
        return cosine == null ? null : round(Math.clamp(cosine, 0, 1));
    }

    /** To 4 decimals, ties to even, as the peer's scores are. */
    static double round(double value) {
        return round(value, 4);
    }

    static double round(double value, int decimals) {
        double scale = Math.pow(10, decimals);
        double scaled = value * scale;
        // Far from a tie what the product has lost changes nothing.
        if (Math.abs(scaled - Math.floor(scaled) - 0.5) > FAR_FROM_TIE && Math.abs(scaled) < LARGEST_SCALED) {
            return Math.rint(scaled) / scale + 0.0;
        }
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
    }
}
