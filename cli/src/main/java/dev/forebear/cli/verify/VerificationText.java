package dev.forebear.cli.verify;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Chance;
import dev.forebear.alerts.policy.Finding;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Style;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.util.Locale;

/** The outcome in few lines. */
final class VerificationText {

    private final Console console;
    private final Verification verification;

    private VerificationText(Console console, Verification verification) {
        this.console = console;
        this.verification = verification;
    }

    static void print(Console console, Verification verification) {
        new VerificationText(console, verification).print();
    }

    private void print() {
        console.print(sentence());
        verification.findings().forEach(this::print);
        console.space();
        console.print(compared());
        verification.held().limits().forEach(line -> console.print(console.styled(Style.FAINT, "  " + line)));
    }

    private String sentence() {
        String model = verification.report().getModelVersionId();
        long violations = verification.violations();
        if (violations > 0) {
            return headline(Style.BAD, "Violated") + ": " + model + " breaks "
                    + (violations == 1 ? "a rule" : violations + " rules") + " of " + verification.policyName() + ".";
        }
        return verification.report().getNotAnalysed() == null
                ? headline(Style.GOOD, "Fine") + ": " + model + " breaks no rule of " + verification.policyName() + "."
                : headline(Style.WARNING, "Not analysed") + ": " + model + "; " + verification.policyName()
                        + " lets it pass. Nobody knows what it was made from.";
    }

    private String headline(Style style, String words) {
        return console.styled(Style.STRONG, console.styled(style, words));
    }

    private void print(Judged judged) {
        Finding finding = judged.finding();
        console.space();
        console.print(console.styled(style(judged), "%-9s".formatted(word(finding.severity())))
                + console.styled(Style.STRONG, finding.rule())
                + standing(judged));
        line("", finding.title());
        line("why", finding.explanation());
        Ancestor ancestor = finding.ancestor();
        if (ancestor != null) {
            line("by chance", chance(ancestor.match()));
        }
        if (judged.exception() == null) {
            line("to do", Remedy.of(finding));
        }
    }

    private void line(String label, String text) {
        console.print("  " + console.styled(Style.FAINT, "%-11s".formatted(label)) + text);
    }

    private static String standing(Judged judged) {
        PolicyException exception = judged.exception();
        return switch (judged.standing()) {
            case VIOLATED -> "";
            case LESSER -> "  (told only: weighs less than --fail-on)";
            case EXCEPTED ->
                exception == null
                        ? ""
                        : "  (excepted by " + exception.getOwner() + " until " + exception.getExpiresAt() + ": "
                                + exception.getReason() + ")";
        };
    }

    private String compared() {
        LineageReport report = verification.report();
        String others = report.getIncomparableModels() == 0
                ? ""
                : ", not comparable with %,d more".formatted(report.getIncomparableModels());
        return "Compared with %,d %s of %s%s, by %s (%s)."
                .formatted(
                        report.getComparedModels(),
                        report.getComparedModels() == 1 ? "model" : "models",
                        verification.held().against(),
                        others,
                        verification.policyName(),
                        verification.policy().version());
    }

    private static String chance(LineageMatch match) {
        if (match.getBasis() == EvidenceBasis.DECLARED) {
            return "not stated: declared, and its shapes fit";
        }
        return match.getVerdict() == Verdict.SAME_WEIGHTS
                ? "none: the same weights"
                : Chance.words(match.getLog10EValue());
    }

    private static Style style(Judged judged) {
        if (!judged.isViolation()) {
            return Style.FAINT;
        }
        return judged.finding().severity().compareTo(Severity.HIGH) >= 0 ? Style.BAD : Style.WARNING;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
