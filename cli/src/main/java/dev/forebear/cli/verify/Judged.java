package dev.forebear.cli.verify;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Finding;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.Severity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A finding, and what it means for the outcome.
 *
 * @param exception by which nobody need act on it; null without one
 */
record Judged(Finding finding, Standing standing, @Nullable PolicyException exception) {

    /** What a finding means for the outcome. */
    enum Standing {
        /** The check fails because of it. */
        VIOLATED,
        /** It is told, and weighs less than what was asked to fail on. */
        LESSER,
        /** Somebody granted an exception. */
        EXCEPTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Weighs a finding. Whoever asks to fail on grave findings only has asked what was found to be weighed: of a model
     * that could not be looked at, and by a rule that could not be evaluated, nothing was found.
     *
     * @param failOn the least severity that the check fails on
     */
    static Judged of(Finding finding, LineageReport report, Severity failOn, @Nullable PolicyException exception) {
        boolean blind = finding.failed() || report.getNotAnalysed() != null;
        Standing standing = exception != null
                ? Standing.EXCEPTED
                : blind || finding.severity().compareTo(failOn) >= 0 ? Standing.VIOLATED : Standing.LESSER;
        return new Judged(finding, standing, exception);
    }

    /**
     * {@code <registry>/<name>} of what a finding is about besides the model; null when it is about the model alone.
     */
    static @Nullable String baseModelId(Finding finding) {
        Ancestor ancestor = finding.ancestor();
        return ancestor == null
                ? null
                : ancestor.match().getRegistry() + "/" + ancestor.match().getName();
    }

    boolean isViolation() {
        return standing == Standing.VIOLATED;
    }
}
