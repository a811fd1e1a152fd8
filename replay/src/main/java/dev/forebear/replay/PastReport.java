package dev.forebear.replay;

/**
 * A report of the time: from its first wording, which fingerprints gave, to its last, which weights may have.
 *
 * @param number which contents of the model version it is about, as {@link PastUpload#number}
 */
record PastReport(String reportId, int number, Wording first, Wording last) {

    /**
     * A record of {@code lineage-reports}.
     *
     * @param place of its bytes in the spill
     */
    record Wording(int partition, long offset, long place, boolean pending, boolean confirmed) {}

    PastReport reworded(Wording wording) {
        return new PastReport(reportId, number, first, wording);
    }

    /** Whether weights were held against each other after fingerprints had been. */
    boolean isConfirmed() {
        return first.pending() && last.confirmed();
    }
}
