package dev.forebear.cli.evaluate;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Style;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.cli.evaluate.Bar.Outcome;
import dev.forebear.cli.evaluate.Mistake.Measure;
import java.util.List;
import java.util.Locale;

/** An evaluation for people: what was measured against what is demanded, then every mistake. */
final class EvaluationText {

    private final Console console;

    EvaluationText(Console console) {
        this.console = console;
    }

    void print(Evaluation evaluation) {
        summary(evaluation);
        bars(Bars.of(evaluation));
        rate(evaluation.pairs().accusations());
        mistakes(evaluation.mistakes());
        notCompared(evaluation);
    }

    private void summary(Evaluation evaluation) {
        PairScores pairs = evaluation.pairs();
        console.print("%s: %,d models, %,d pairs compared: %,d related, %,d independent, %,d ambiguous."
                .formatted(
                        evaluation.zoo(),
                        evaluation.lineage().models().size(),
                        pairs.pairs().size(),
                        pairs.count(Truth.RELATED),
                        pairs.count(Truth.INDEPENDENT),
                        pairs.count(Truth.AMBIGUOUS)));
        console.space();
    }

    private void bars(List<Bar> bars) {
        var table = new Table()
                .column("measure", Side.LEFT)
                .column("demanded", Side.LEFT)
                .column("found", Side.LEFT)
                .column("", Side.LEFT);
        for (Bar bar : bars) {
            table.row(bar.measure(), bar.demand(), bar.found(), outcome(bar.outcome()));
        }
        console.print(table);
        console.space();
    }

    private void rate(AccusationRate accusations) {
        int trainings = accusations.trainings().of();
        if (trainings > 0) {
            console.print(console.styled(
                    Style.FAINT,
                    "The independent pairs come from %,d pairs of trainings. That shows a rate of false accusations below"
                                    .formatted(trainings)
                            + String.format(
                                    Locale.ROOT,
                                    " %.1f %% (95 %% confidence) and no less.",
                                    100 * accusations.upperBound())));
            console.space();
        }
    }

    private String outcome(Outcome outcome) {
        return switch (outcome) {
            case MET -> console.styled(Style.GOOD, "met");
            case MISSED -> console.styled(Style.BAD, "missed");
            case NOTHING_TO_MEASURE -> console.styled(Style.FAINT, "nothing to measure");
        };
    }

    private void mistakes(List<Mistake> mistakes) {
        if (mistakes.isEmpty()) {
            console.print("No mistakes.");
            return;
        }
        for (Measure measure : Measure.values()) {
            mistakes(
                    measure,
                    mistakes.stream().filter(one -> one.measure() == measure).toList());
        }
    }

    private void mistakes(Measure measure, List<Mistake> mistakes) {
        if (mistakes.isEmpty()) {
            return;
        }
        console.print(console.styled(Style.STRONG, measure.words() + ": " + mistakes.size()));
        for (Mistake mistake : mistakes) {
            console.print("  %s and %s: expected %s, found %s"
                    .formatted(mistake.first(), mistake.second(), mistake.expected(), mistake.found()));
            console.print(console.styled(Style.FAINT, "    " + mistake.evidence()));
        }
        console.space();
    }

    private void notCompared(Evaluation evaluation) {
        int pairs = evaluation.pairs().notCompared().size();
        if (pairs > 0) {
            console.print("%,d pairs were not comparable and count neither for nor against:".formatted(pairs));
            evaluation.pairs().notCompared().stream()
                    .map(PairOutcome.NotCompared::reason)
                    .distinct()
                    .forEach(reason -> console.print(console.styled(Style.WARNING, "  not compared  ") + reason));
        }
    }
}
