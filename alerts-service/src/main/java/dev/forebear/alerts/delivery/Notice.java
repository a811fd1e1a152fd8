package dev.forebear.alerts.delivery;

import dev.forebear.alerts.policy.Chance;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Verdict;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

    static Notice of(LineageAlert alert, Links links) {
        return new Notice(alert, links.alert(alert.getAlertId()));
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
        return subject(alert.getRule()) + (isResolved() ? " no longer found" : " found");
    }

    /** What a rule looks for, for example "Undisclosed ancestor" or "Licence conflict". */
    static String subject(String rule) {
        return switch (rule) {
            case "undisclosed-ancestry" -> "Undisclosed ancestor";
            case "" -> "Alert";
            default ->
                name(rule.substring(0, 1).toUpperCase(Locale.ROOT)
                        + rule.substring(1).replace('-', ' '));
        };
    }

    /** For example "Undisclosed ancestor: internal/a@1 descends from hub/b@main". */
    String title() {
        return oneLine(alert.getTitle(), 3 * MAX_NAME_LENGTH);
    }

    String explanation() {
        String found = oneLine(alert.getExplanation(), MAX_EXPLANATION_LENGTH);
        return isResolved() ? ending() + " Before, it read: " + found : found;
    }

    private String ending() {
        return switch (alert.getResolution()) {
            case DECLARED -> "The model declares the ancestor by now.";
            case EXCEPTED -> "An exception covers this.";
            case DELETED -> "The model was deleted.";
            case BY_HAND -> "Somebody resolved this.";
            case FINDING_GONE -> "The latest report no longer finds this.";
            case null -> "The latest report no longer finds this.";
        };
    }

    /** Who brought it into its state, for example "acknowledged by ana: on it"; empty when it is open. */
    String deed() {
        if (alert.getState() == AlertState.OPEN) {
            return "";
        }
        String by = alert.getStateBy() == null ? "" : " by " + name(alert.getStateBy());
        String why = alert.getStateReason() == null ? "" : ": " + name(alert.getStateReason());
        String until = alert.getSnoozedUntil() == null || alert.getState() != AlertState.SNOOZED
                ? ""
                : " until "
                        + DateTimeFormatter.ISO_LOCAL_DATE.format(
                                alert.getSnoozedUntil().atZone(ZoneOffset.UTC));
        return alert.getState().name().toLowerCase(Locale.ROOT) + until + by + why;
    }

    /** The derived model version. */
    String model() {
        return name(alert.getDerivedModelVersionId());
    }

    /** The base's model version, or "none". */
    String base() {
        String base = alert.getBaseModelVersionId();
        return base == null ? "none" : name(base);
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
        return licence == null ? "not known" : name(licence);
    }

    /** The derived model in its parts. */
    ModelVersionId modelId() {
        return ModelVersionId.parse(alert.getDerivedModelVersionId());
    }

    String severity() {
        return alert.getSeverity().name().toLowerCase(Locale.ROOT);
    }

    /** A name from outside, on one line and cut. */
    static String name(String text) {
        return oneLine(text, MAX_NAME_LENGTH);
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
