package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.Evidence;
import org.jspecify.annotations.Nullable;

/** One statistic held against its null. */
record EvidenceView(
        String signal,
        String statistic,
        @Nullable Double value,
        @Nullable Double nullMean,
        @Nullable Double nullDeviation,
        @Nullable Double log10PValue,
        @Nullable Double log10ExactBound,
        String assumption) {

    static EvidenceView of(Evidence evidence) {
        return new EvidenceView(
                evidence.getSignal(),
                evidence.getStatistic(),
                Json.number(evidence.getValue()),
                Json.number(evidence.getNullMean()),
                Json.number(evidence.getNullDeviation()),
                Json.number(evidence.getLog10PValue()),
                Json.number(evidence.getLog10ExactBound()),
                evidence.getAssumption());
    }
}
