package dev.forebear.signals.peer;

/** A weighted mean over the parts that could be compared. */
final class WeightedScore {

    private double sum;
    private double weights;

    void add(double weight, double score) {
        sum += weight * score;
        weights += weight;
    }

    boolean isEmpty() {
        return weights == 0;
    }

    double mean() {
        return sum / weights;
    }

    double sum() {
        return sum;
    }
}
