package dev.forebear.signals.relation;

import dev.forebear.checkpoint.Dtype;

/** What writing a value in few bits does to it. */
enum Rounding {
    BF16(7, -126),
    F16(10, -14),
    F32(23, -126);

    private final int fractionBits;
    private final int smallestExponent;

    Rounding(int fractionBits, int smallestExponent) {
        this.fractionBits = fractionBits;
        this.smallestExponent = smallestExponent;
    }

    /** Values of other types are read as F32. */
    static Rounding to(Dtype dtype) {
        return switch (dtype) {
            case BF16 -> BF16;
            case F16 -> F16;
            default -> F32;
        };
    }

    /** The coarsest that all values can be written in, whatever dtype the file declares. */
    static Rounding of(double[][] rows) {
        for (Rounding rounding : values()) {
            if (rounding.holds(rows)) {
                return rounding;
            }
        }
        return F32;
    }

    private boolean holds(double[][] rows) {
        for (double[] row : rows) {
            for (double value : row) {
                if (nearest(value) != value) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The nearest value that can be written, halves to even. */
    double nearest(double value) {
        return switch (this) {
            case BF16 -> bf16((float) value, 0x7FFF);
            case F16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
            case F32 -> (float) value;
        };
    }

    /** Whether it is what is written for a value, rounded to nearest or, as some programs do for BF16, cut off. */
    boolean writes(double value, double written) {
        return nearest(value) == written || this == BF16 && bf16((float) value, -1) == written;
    }

    /** Distance to the next value that can be written. */
    double step(double value) {
        return Math.scalb(1.0, Math.max(smallestExponent, Math.getExponent(value)) - fractionBits);
    }

    int fractionBits() {
        return fractionBits;
    }

    private static float bf16(float value, int half) {
        int bits = Float.floatToRawIntBits(value);
        int rounded = half < 0 ? bits : bits + half + (bits >>> 16 & 1);
        return Float.intBitsToFloat(rounded & 0xFFFF0000);
    }
}
