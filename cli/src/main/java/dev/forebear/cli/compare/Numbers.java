package dev.forebear.cli.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Many numbers as JSON, rounded: pictures need no more digits. What is not finite becomes null. */
final class Numbers {

    private Numbers() {}

    static void matrix(ArrayNode node, double[][] rows, int digits) {
        for (double[] row : rows) {
            ArrayNode line = node.addArray();
            for (double value : row) {
                add(line, value, digits);
            }
        }
    }

    static void matrix(ArrayNode node, float[][] rows, int digits) {
        for (float[] row : rows) {
            vector(node.addArray(), row, digits);
        }
    }

    static void vector(ArrayNode node, float[] values, int digits) {
        for (float value : values) {
            add(node, value, digits);
        }
    }

    private static void add(ArrayNode node, double value, int digits) {
        if (Double.isFinite(value)) {
            node.add(BigDecimal.valueOf(value)
                    .setScale(digits, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros());
        } else {
            node.addNull();
        }
    }
}
