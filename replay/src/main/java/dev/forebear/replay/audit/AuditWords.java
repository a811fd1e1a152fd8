package dev.forebear.replay.audit;

import dev.forebear.alerts.policy.Chance;
import dev.forebear.alerts.readmodel.Words;
import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.Evidence;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageDirection;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.Verdict;
import dev.forebear.schemas.wire.Viewpoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How closed choices, numbers and times are said to auditors. */
final class AuditWords {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'", Locale.UK).withZone(ZoneOffset.UTC);

    private AuditWords() {}

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** {@code SAME_WEIGHTS} as same-weights. */
    static String symbol(Enum<?> symbol) {
        return Words.of(symbol);
    }

    /** Null for what is no number. */
    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** "undisclosed-ancestry" as "Undisclosed ancestry", {@code SAME_WEIGHTS} as "Same weights". */
    static String sentence(String symbol) {
        String words = symbol.toLowerCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static String verdict(Verdict verdict) {
        return switch (verdict) {
            case SAME_WEIGHTS -> "the same weights";
            case DERIVED -> "derived";
            case SHARES_AN_ANCESTOR -> "shares an ancestor";
            case SHARED_INITIALISATION_OR_LINEAGE -> "shared initialisation or lineage";
            case NO_EVIDENCE -> "no evidence";
            case NOT_COMPARABLE -> "not comparable";
        };
    }

    static String viewpoint(Viewpoint viewpoint) {
        return switch (viewpoint) {
            case AS_OF_NOW -> "as of now: every model that was known when the replay was asked for";
            case AS_OF_UPLOAD -> "as of upload: only models that were known when the upload was announced";
        };
    }

    static String change(Change change) {
        return switch (change) {
            case NEW -> "New: the report of the time did not prove it";
            case GONE -> "Gone: the report of the time proved it, this one does not";
            case UNCHANGED -> "Unchanged: the report of the time proved it too";
        };
    }

    /** How often chance would do it, in few words. */
    static String odds(LineageMatch match) {
        if (match.getBasis() == EvidenceBasis.DECLARED) {
            return "declared, and its shapes fit";
        }
        return match.getVerdict() == Verdict.SAME_WEIGHTS
                ? "the same weights"
                : Chance.words(match.getLog10EValue()) + " by chance";
    }

    /** What the false-alarm rate means, in one or two sentences. */
    static String falseAlarms(LineageMatch match, long compared) {
        if (match.getBasis() == EvidenceBasis.DECLARED) {
            return "No false-alarm rate: an adapter was put on the base that it declares, and its shapes fit. That it"
                    + " was trained on this base is what it declares.";
        }
        if (match.getVerdict() == Verdict.SAME_WEIGHTS) {
            return "The weights are equal, value by value. Independently trained models never are.";
        }
        String among = "Expected number of matches this strong by chance, among "
                + count(compared, "model compared", "models compared") + ": "
                + Chance.words(match.getLog10EValue()) + ".";
        return match.getBasis() == EvidenceBasis.EMPIRICAL
                ? among + " This rests on what independent models were measured to reach, not on an exact test."
                : among + " So many are expected when an unrelated model is held against as many.";
    }

    /** How often chance would do what one statistic shows. */
    static String chance(Evidence evidence) {
        String bound = evidence.getLog10ExactBound() < 0
                ? ", at most " + Chance.words(evidence.getLog10ExactBound()) + " whatever the distribution"
                : "";
        return "By chance " + Chance.words(evidence.getLog10PValue()) + bound + ".";
    }

    /** Which came first, by the weights. */
    static String direction(LineageDirection direction) {
        String words =
                switch (direction.getCertainty()) {
                    case ESTABLISHED -> "The weights show that it came first";
                    case LIKELY -> "The weights suggest that it came first";
                    case UNDETERMINED -> "The weights do not tell which came first; the dates of upload do";
                };
        return direction.getContradictsUploads() ? words + ", although it was uploaded later." : words + ".";
    }

    /** Which uploads were asked for. */
    static List<String> selection(Replay replay) {
        List<String> parts = new ArrayList<>();
        if (replay.getFrom() != null) {
            parts.add("announced at or after " + time(replay.getFrom()));
        }
        if (replay.getUntil() != null) {
            parts.add("announced before " + time(replay.getUntil()));
        }
        if (!replay.getRegistries().isEmpty()) {
            parts.add("in the registries " + String.join(", ", replay.getRegistries()));
        }
        if (replay.getNamePattern() != null) {
            parts.add("with a name like " + replay.getNamePattern());
        }
        if (!replay.getTeams().isEmpty()) {
            parts.add("of the teams " + String.join(", ", replay.getTeams()));
        }
        return parts.isEmpty() ? List.of("every upload") : parts;
    }
}
