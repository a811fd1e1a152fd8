package dev.forebear.cli.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well a score parts related from independent pairs, over all thresholds.
 *
 * @param points corners of the curve, from (0, 0) to (1, 1); empty when either kind of pair is missing
 * @param area chance that a related pair scores above an independent one, equal scores counting half; NaN when either
 *     kind is missing
 */
record RocCurve(List<Point> points, double area) {

    /**
     * One threshold.
     *
     * @param falsePositives share of independent pairs at or above it, 0 to 1
     * @param truePositives share of related pairs at or above it, 0 to 1
     */
    record Point(double falsePositives, double truePositives) {}

    RocCurve {
        points = List.copyOf(points);
    }

    /** The curve of a score that is larger for pairs that look more related. */
    static RocCurve of(double[] related, double[] independent) {
        if (related.length == 0 || independent.length == 0) {
            return new RocCurve(List.of(), Double.NaN);
        }
        double[] positives = descending(related);
        double[] negatives = descending(independent);
        List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
        long halfCouples = 0;
        for (int found = 0, accused = 0; found < positives.length || accused < negatives.length; ) {
            double threshold = Math.max(at(positives, found), at(negatives, accused));
            int foundBefore = found;
            int accusedBefore = accused;
            found = countFrom(positives, found, threshold);
            accused = countFrom(negatives, accused, threshold);
            halfCouples += (long) (accused - accusedBefore) * (found + foundBefore);
            points.add(new Point((double) accused / negatives.length, (double) found / positives.length));
        }
        double area = halfCouples / (2.0 * positives.length * negatives.length);
        return new RocCurve(corners(points), area);
    }

    /** Largest share of related pairs found by a threshold that accuses at most this share of independent ones. */
    double truePositivesAt(double falsePositives) {
        return points.stream()
                .filter(point -> point.falsePositives() <= falsePositives)
                .mapToDouble(Point::truePositives)
                .max()
                .orElse(Double.NaN);
    }

    private static double[] descending(double[] scores) {
        if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("scores: expected numbers, found NaN");
        }
        double[] sorted = Arrays.stream(scores).map(score -> -score).sorted().toArray();
        return Arrays.stream(sorted).map(score -> -score).toArray();
    }

    private static double at(double[] scores, int index) {
        return index < scores.length ? scores[index] : Double.NEGATIVE_INFINITY;
    }

    private static int countFrom(double[] scores, int from, double threshold) {
        int to = from;
        while (to < scores.length && scores[to] >= threshold) {
            to++;
        }
        return to;
    }

    // A zoo has many pairs: points amid a straight run are left out.
    private static List<Point> corners(List<Point> points) {
        List<Point> corners = new ArrayList<>();
        for (Point point : points) {
            int last = corners.size() - 1;
            if (last >= 1 && straight(corners.get(last - 1), corners.get(last), point)) {
                corners.removeLast();
            }
            corners.add(point);
        }
        return corners;
    }

    private static boolean straight(Point first, Point middle, Point last) {
        return first.falsePositives() == last.falsePositives()
                || first.truePositives() == last.truePositives() && middle.truePositives() == last.truePositives();
    }
}
