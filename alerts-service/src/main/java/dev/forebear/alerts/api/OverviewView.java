package dev.forebear.alerts.api;

import java.util.List;

/** What arrived, what was found, what is waiting, what could not be analysed. */
record OverviewView(
        ModelFigures models,
        States alerts,
        Severities unresolved,
        List<Arrivals> arrivals,
        List<Found> found,
        Waiting waiting,
        List<Facet.Count> notAnalysed,
        List<AlertView> latestAlerts) {

    /** Model versions that are not deleted. */
    record ModelFigures(long total, long analysed, long notAnalysed, long inProgress, long proven, long undeclared) {}

    /** What was received on a day, by what has become of it. */
    record Arrivals(String day, long analysed, long notAnalysed, long inProgress, long derived) {}

    /** What a rule found. */
    record Found(String rule, String severity, States states) {}

    /** What is under way or stuck. */
    record Waiting(
            long received,
            long fingerprinted,
            long reads,
            long owed,
            long retrying,
            long failed,
            long deadLetters,
            long silentRegistries) {}
}
