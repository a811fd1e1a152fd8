package dev.forebear.alerts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure removes, or would remove.
 *
 * @param id as it was asked for
 * @param modelVersionIds the first of what it covers
 * @param versions how many model versions it covers
 * @param fingerprints of them fingerprinted
 * @param reports on them, in every wording
 * @param openAlerts alerts on them that are resolved with it
 * @param descendants model versions whose reports go on naming one of them
 * @param erasedAt null for a dry run
 */
record ErasureView(
        String id,
        List<String> modelVersionIds,
        long versions,
        long fingerprints,
        long reports,
        long openAlerts,
        long descendants,
        String reason,
        String erasedBy,
        @Nullable String erasedAt) {

    /** One line of what was removed. */
    String words() {
        return reason + "; removed " + versions + " versions, " + fingerprints + " fingerprints, " + reports
                + " reports: " + String.join(", ", modelVersionIds);
    }
}
