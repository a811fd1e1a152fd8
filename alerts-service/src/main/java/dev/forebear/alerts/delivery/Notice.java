package dev.forebear.alerts.delivery;

import dev.forebear.alerts.policy.Chance;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Verdict;
import java.net.URI;
import java.util.Locale;

/**
 * What a channel is told: a state of an alert. Texts are plain and on one line; a channel escapes them as its format
 * asks. Model names come from whoever uploads: nothing in them may break a line or reorder what is read.
 *
 * @param evidence where the page shows the alert
 */
record Notice(LineageAlert alert, URI evidence) {

    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_EXPLANATION_LENGTH = 1_500;

    static Notice of(LineageAlert alert, URI page) {
        String folder = page.toString().replaceFirst("/$", "");
        return new Notice(alert, URI.create(folder + "/#/alerts/" + alert.getAlertId()));
    }

    boolean isResolved() {
        return alert.getState() == AlertState.RESOLVED;
    }

    /** For example "HIGH", or "RESOLVED". */
    String urgency() {
        return isResolved() ? "RESOLVED" : alert.getSeverity().name();
    }

    /** For example "Undisclosed ancestor found". */
    String headline() {
        String what =
                switch (alert.getRule()) {
                    case "undisclosed-ancestry" -> "Undisclosed ancestor";
                    case "disallowed-ancestor" -> "Disallowed ancestor";
                    default -> oneLine(alert.getRule(), MAX_NAME_LENGTH);
                };
        return what + (isResolved() ? " no longer found" : " found");
    }

    /** For example "Undisclosed ancestor: internal/a@1 descends from hub/b@main". */
    String title() {
        return oneLine(alert.getTitle(), 3 * MAX_NAME_LENGTH);
    }

    String explanation() {
        String found = oneLine(alert.getExplanation(), MAX_EXPLANATION_LENGTH);
        return isResolved() ? "The latest report no longer finds this. Before, it read: " + found : found;
    }

    /** The derived model version. */
    String model() {
        return oneLine(alert.getDerivedModelVersionId(), MAX_NAME_LENGTH);
    }

    /** The base's model version, or "none". */
    String base() {
        String base = alert.getBaseModelVersionId();
        return base == null ? "none" : oneLine(base, MAX_NAME_LENGTH);
    }

    /** For example "same weights", "1 in 10^78 by chance", or "declared", of what an adapter was put on. */
    String odds() {
        if (alert.getVerdict() == Verdict.SAME_WEIGHTS) {
            return "same weights";
        }
        return alert.getLog10EValue() < 0 ? Chance.words(alert.getLog10EValue()) + " by chance" : "declared";
    }

    /** The base's licence, or "not known". */
    String licence() {
        String licence = alert.getBaseLicence();
        return licence == null ? "not known" : oneLine(licence, MAX_NAME_LENGTH);
    }

    /** The derived model in its parts. */
    ModelVersionId modelId() {
        return ModelVersionId.parse(alert.getDerivedModelVersionId());
    }

    /** The same for all attempts to tell this state, for example {@code 5f0c2a1b9d3e4f60_open}. */
    String identity() {
        return alert.getAlertId().replaceFirst("^al_", "") + "_"
                + alert.getState().name().toLowerCase(Locale.ROOT);
    }

    /** Replaces whatever breaks lines or reorders text, and cuts. */
    private static String oneLine(String text, int maxLength) {
        var line = new StringBuilder();
        text.codePoints()
                .limit(maxLength)
                .map(point -> breaksLine(point) ? '\uFFFD' : point)
                .forEach(line::appendCodePoint);
        return text.codePointCount(0, text.length()) > maxLength ? line + "…" : line.toString();
    }

    private static boolean breaksLine(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
