package dev.forebear.cli.compare;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Quantities;
import dev.forebear.cli.console.Style;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.Judgement.Basis;
import dev.forebear.signals.Verdict;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.peer.SignalSimilarity;
import java.util.List;
import java.util.Locale;

/** A comparison for people: the verdict, then what it rests on, then what it does not rest on. */
final class ComparisonText {

    private final Console console;

    ComparisonText(Console console) {
        this.console = console;
    }

    void print(HeadToHead comparison) {
        verdict(comparison);
        evidence(comparison);
        peer(comparison);
        compared(comparison);
    }

    private void verdict(HeadToHead comparison) {
        VerdictWords words = comparison.words();
        console.print(console.styled(Style.STRONG, console.styled(words.style(), words.headline())) + ". "
                + words.sentence());
        console.print(chances(comparison));
        if (comparison.evidence().embeddingInherited() && comparison.judgement().verdict() == Verdict.NO_EVIDENCE) {
            console.print("Their embeddings agree dimension by dimension: the embedding was inherited, which alone says"
                    + " nothing about the body.");
        }
        Descent descent = comparison.descent();
        if (descent != null) {
            console.print(descent.whatWasDone() + " " + descent.whichCameFirst());
        }
        console.print(console.styled(Style.FAINT, words.limits()));
        console.space();
    }

    static String chances(HeadToHead comparison) {
        Compared compared = comparison.compared();
        if (compared.sameWeights()) {
            return "Independently trained models never agree in every sampled value.";
        }
        if (comparison.judgement().basis() == Basis.DECLARED) {
            return "The adapter was put on a base before they were compared, so that their agreement proves nothing:"
                    + " its shapes fit, and that it was trained on this base is what it declares.";
        }
        if (comparison.judgement().basis() == Basis.EMPIRICAL) {
            return ("No exact test fires. What the weights do is alike beyond what independently trained models were"
                            + " measured to reach; if these are like others, expected among %,d models: %s.")
                    .formatted(
                            comparison.registrySize(),
                            Quantities.expected(comparison.judgement().log10EValue()));
        }
        return "Chance of such agreement between independently trained models: %s (%s). Expected among %,d models: %s."
                .formatted(
                        Quantities.chance(compared.log10PValue()),
                        compared.log10ExactBound() < 0
                                ? "bound that needs no distribution: " + Quantities.chance(compared.log10ExactBound())
                                : "no bound without a distribution",
                        comparison.registrySize(),
                        Quantities.expected(comparison.judgement().log10EValue()));
    }

    private void evidence(HeadToHead comparison) {
        List<Evidence> all = comparison.compared().evidence();
        table("evidence", all.stream().filter(HeadToHead::decides).toList());
        table(
                "measured besides, does not decide",
                all.stream().filter(one -> !HeadToHead.decides(one)).toList());
    }

    private void table(String heading, List<Evidence> evidence) {
        if (evidence.isEmpty()) {
            return;
        }
        var table = new Table()
                .column("value", Side.RIGHT)
                .column("independent", Side.RIGHT)
                .column("chance", Side.RIGHT)
                .column("exact bound", Side.RIGHT)
                .column(heading, Side.LEFT);
        for (Evidence one : evidence) {
            table.row(
                    number(one.value()),
                    number(one.nullMean()) + " ± " + number(one.nullDeviation()),
                    one.log10PValue() < 0 ? Quantities.chance(one.log10PValue()) : "-",
                    one.log10ExactBound() < 0 ? Quantities.chance(one.log10ExactBound()) : "-",
                    one.signal() + ": " + one.statistic());
        }
        console.print(table);
        console.space();
    }

    private void peer(HeadToHead comparison) {
        console.print(console.styled(
                Style.FAINT,
                "Peer signals: reported, they do not decide. Independently trained"
                        + " models often score above 0.9."));
        var table = new Table().column("signal", Side.LEFT).column("similarity", Side.RIGHT);
        for (SignalSimilarity signal : comparison.peer().signals()) {
            Double similarity = signal.similarity();
            table.row(signal.signal(), similarity == null ? "not comparable" : number(similarity));
        }
        Double identity = comparison.peer().identity().score();
        table.row(
                "the peer's own combination",
                identity == null
                        ? "not comparable"
                        : number(identity) + ", "
                                + comparison
                                        .peer()
                                        .identity()
                                        .band()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '));
        console.print(table);
        console.space();
    }

    private void compared(HeadToHead comparison) {
        for (dev.forebear.cli.compare.Side side : List.of(comparison.a(), comparison.b())) {
            console.print(console.styled(Style.FAINT, "compared  ") + describe(side));
        }
        comparison
                .notCompared()
                .forEach(finding -> console.print(console.styled(Style.WARNING, "not compared  ") + finding));
    }

    static String describe(dev.forebear.cli.compare.Side side) {
        return "%s: %s, %d layers, hidden size %d, %s parameters, %s"
                .formatted(
                        side.location(),
                        side.shape().modelType(),
                        side.shape().layers(),
                        side.shape().hiddenSize(),
                        Quantities.count(side.parameters()),
                        side.shape().dtype());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
