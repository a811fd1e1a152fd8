package dev.forebear.cli.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.compare.VerdictWords;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Quantities;
import dev.forebear.cli.console.Style;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.signals.Verdict;
import java.util.Locale;

/** The result of a scan, for people and for programs. */
final class ScanOutput {

    private ScanOutput() {}

    static void print(Console console, ScanResult result) {
        console.print(sentence(console, result));
        if (!result.matches().isEmpty()) {
            console.space();
            console.print(table(console, result));
        }
        if (!result.resemblances().isEmpty()) {
            console.space();
            ResemblanceOutput.print(console, result.resemblances());
        }
        if (!result.notCompared().isEmpty()) {
            console.space();
            result.notCompared().forEach(line -> console.print(console.styled(Style.WARNING, "not compared  ") + line));
        }
    }

    static ObjectNode json(ScanResult result) {
        ObjectNode root = JsonOutput.object();
        root.put("location", result.location());
        root.put("against", result.against());
        root.put("comparedModels", result.compared());
        ArrayNode matches = root.putArray("matches");
        for (Match match : result.matches()) {
            ObjectNode node = matches.addObject();
            node.put("model", match.model());
            node.put("verdict", match.verdict().name());
            node.set("log10EValue", JsonOutput.number(match.log10EValue()));
            node.set("effectSize", JsonOutput.number(match.effectSize()));
            node.put("declared", match.declared());
            node.put("licence", match.licence());
        }
        root.set("peerResemblances", ResemblanceOutput.json(result.resemblances()));
        ArrayNode notCompared = root.putArray("notCompared");
        result.notCompared().forEach(notCompared::add);
        return root;
    }

    private static String sentence(Console console, ScanResult result) {
        String among = " among %,d models of %s.".formatted(result.compared(), result.against());
        long proven = result.matches().stream().filter(ScanOutput::isProven).count();
        if (result.matches().isEmpty()) {
            return console.styled(Style.STRONG, console.styled(Style.GOOD, "No relative")) + " of " + result.name()
                    + " was found" + among;
        }
        if (proven == 0) {
            return console.styled(Style.STRONG, console.styled(Style.WARNING, "No proven relative")) + " of "
                    + result.name() + among + " Shared initialisation, or lineage, with "
                    + result.matches().size()
                    + ".";
        }
        return console.styled(
                        Style.STRONG, console.styled(Style.ACCENT, proven + (proven == 1 ? " relative" : " relatives")))
                + " of " + result.name() + " found" + among;
    }

    private static boolean isProven(Match match) {
        return match.verdict() == Verdict.SAME_WEIGHTS || match.verdict() == Verdict.DERIVED;
    }

    private static Table table(Console console, ScanResult result) {
        var table = new Table()
                .column("model", Side.LEFT)
                .column("verdict", Side.LEFT)
                .column("by chance", Side.RIGHT)
                .column("similarity", Side.RIGHT)
                .column("declared", Side.LEFT)
                .column("licence", Side.LEFT);
        for (Match match : result.matches()) {
            VerdictWords words = new VerdictWords(match.verdict(), result.name(), match.model());
            table.row(
                    match.model(),
                    console.styled(words.style(), words.headline().toLowerCase(Locale.ROOT)),
                    Quantities.expected(match.log10EValue()),
                    String.format(Locale.ROOT, "%.3f", match.effectSize()),
                    match.declared() ? "yes" : "no",
                    match.licence() == null ? "-" : match.licence());
        }
        return table;
    }
}
