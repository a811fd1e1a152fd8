package dev.forebear.signals.statistics;

import java.util.Arrays;

/** How much of each other two models hold, layer by layer. */
public final class Counterparts {

    private Counterparts() {}

    /**
     * Mean over the better half of the layers of the shallower model, each with its best counterpart: layers without a
     * counterpart must not hide those that have one. Of models of one depth the mean of both directions.
     *
     * @param cosines layers of the first × layers of the second
     */
    public static double meanOfBetterHalf(double[][] cosines) {
        int rows = cosines.length;
        int columns = cosines[0].length;
        double[] bestOfRow = new double[rows];
        double[] bestOfColumn = new double[columns];
        Arrays.fill(bestOfRow, -1);
        Arrays.fill(bestOfColumn, -1);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                bestOfRow[i] = Math.max(bestOfRow[i], cosines[i][j]);
                bestOfColumn[j] = Math.max(bestOfColumn[j], cosines[i][j]);
            }
        }
        if (rows == columns) {
            return (meanOfBetterHalf(bestOfRow) + meanOfBetterHalf(bestOfColumn)) / 2;
        }
        return meanOfBetterHalf(rows < columns ? bestOfRow : bestOfColumn);
    }

    private static double meanOfBetterHalf(double[] cosines) {
        Arrays.sort(cosines);
        int half = (cosines.length + 1) / 2;
        double sum = 0;
        for (int i = cosines.length - half; i < cosines.length; i++) {
            sum += cosines[i];
        }
        return sum / half;
    }
}
