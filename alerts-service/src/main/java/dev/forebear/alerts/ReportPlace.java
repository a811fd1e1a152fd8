package dev.forebear.alerts;

import java.util.Comparator;

/** Where the latest report on a model version lies. */
record ReportPlace(int partition, long offset) implements Comparable<ReportPlace> {

    private static final Comparator<ReportPlace> IN_ORDER =
            Comparator.comparingInt(ReportPlace::partition).thenComparingLong(ReportPlace::offset);

    @Override
    public int compareTo(ReportPlace other) {
        return IN_ORDER.compare(this, other);
    }
}
