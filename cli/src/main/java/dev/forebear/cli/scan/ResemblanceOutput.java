package dev.forebear.cli.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Style;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.signals.peer.IdentityScore;
import dev.forebear.signals.peer.SignalSimilarity;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the peer's signals say, for people and for programs; never as a finding. */
final class ResemblanceOutput {

    private static final int SHOWN = 5;

    private ResemblanceOutput() {}

    static void print(Console console, List<Resemblance> resemblances) {
        console.print(console.styled(Style.STRONG, "By the peer's signals, which prove nothing")
                + ", the nearest of %,d models of which nothing else is known:".formatted(resemblances.size()));
        var table = new Table()
                .column("model", Side.LEFT)
                .column("family", Side.LEFT)
                .column("architecture", Side.RIGHT)
                .column("identity", Side.RIGHT)
                .column("the peer would say", Side.LEFT);
        resemblances.stream().limit(SHOWN).forEach(one -> {
            IdentityScore identity = one.scores().identity();
            table.row(
                    one.model(),
                    one.family() == null ? "-" : one.family(),
                    number(one.scores().signals().getFirst().similarity()),
                    number(identity.score()),
                    words(one));
        });
        console.print(table);
    }

    static ArrayNode json(List<Resemblance> resemblances) {
        ArrayNode array = JsonOutput.object().putArray("peerResemblances");
        for (Resemblance one : resemblances) {
            ObjectNode node = array.addObject();
            node.put("model", one.model());
            node.put("family", one.family());
            node.put("publisher", one.publisher());
            node.put("architectureTier", one.scores().architectureTier());
            ObjectNode signals = node.putObject("signals");
            for (SignalSimilarity signal : one.scores().signals()) {
                signals.put(signal.signal(), signal.similarity());
            }
            node.put("identity", one.scores().identity().score());
            node.put("band", one.scores().identity().band().name());
        }
        return array;
    }

    /** The peer lets equal architectures decide, whatever the weights. */
    private static String words(Resemblance one) {
        if (one.scores().architectureTier() <= 2) {
            return "confirmed, by config.json alone";
        }
        return switch (one.scores().identity().band()) {
            case HIGH_CONFIDENCE -> "high confidence";
            case WEAK -> "weak match";
            case NOT_MATCHED -> "not matched";
            case INSUFFICIENT_DATA -> "not enough data";
        };
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
