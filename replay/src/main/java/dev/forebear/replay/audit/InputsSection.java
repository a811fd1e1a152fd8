package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.TopicPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that the answer depends on: who replays with the same gets the same documents. */
final class InputsSection {

    private final Replay replay;

    InputsSection(Replay replay) {
        this.replay = replay;
    }

    Html html() {
        var html = new Html()
                .open("section", "id", "inputs")
                .element("h2", "What the answer depends on")
                .element(
                        "p",
                        "A replay with the same inputs gives these documents again, byte for byte.",
                        "class",
                        "quiet")
                .open("dl", "class", "facts");
        fact(html, "Replay", replay.getReplayId());
        fact(html, "Selection", String.join("; ", AuditWords.selection(replay)));
        fact(html, "Viewpoint", AuditWords.viewpoint(replay.getViewpoint()));
        fact(html, "Policy", replay.getPolicySource());
        fact(html, "Policy version", replay.getPolicyVersion());
        fact(html, "Reference models", AuditWords.count(replay.getReferences()));
        fact(html, "Reference set", replay.getReferenceSet());
        fact(html, "Fingerprint algorithm", "version " + replay.getAlgorithmVersion());
        html.close();
        positions(html);
        return html.close();
    }

    private static void fact(Html html, String name, String value) {
        html.open("div").element("dt", name).open("dd").outside(value).close().close();
    }

    private void positions(Html html) {
        Map<String, List<String>> byTopic = new LinkedHashMap<>();
        for (TopicPosition position : replay.getPositions()) {
            byTopic.computeIfAbsent(position.getTopic(), topic -> new ArrayList<>())
                    .add(position.getPartition() + ":\u00a0" + AuditWords.count(position.getOffset()));
        }
        html.element("h3", "Positions")
                .element(
                        "p",
                        "Of each partition, the first offset that no longer counts: records before it were read, none"
                                + " behind it.",
                        "class",
                        "quiet");
        Marks.tableStart(html, "Positions", List.of("Topic", "Partition: offset"));
        byTopic.forEach((topic, offsets) -> html.open("tr")
                .open("th", "scope", "row")
                .outside(topic)
                .close()
                .element("td", String.join("   ", offsets), "class", "offsets")
                .close());
        Marks.tableEnd(html);
    }
}
