package dev.forebear.cli.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.page.Page;
import dev.forebear.signals.peer.PeerPortrait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A comparison as a page with pictures. */
final class HtmlReport {

    private HtmlReport() {}

    static void write(Path file, HeadToHead comparison, Instant now) throws IOException {
        Files.writeString(file, page(comparison, now));
    }

    static String page(HeadToHead comparison, Instant now) {
        return Page.of("Forebear comparison", HtmlReport.class, data(comparison, now));
    }

    private static ObjectNode data(HeadToHead comparison, Instant now) {
        ObjectNode root = ComparisonJson.of(comparison);
        root.put("date", Page.date(now));
        root.put("chances", ComparisonText.chances(comparison));
        portrait(root.withObject("/a"), comparison.peer().a());
        portrait(root.withObject("/b"), comparison.peer().b());
        return root;
    }

    private static void portrait(ObjectNode node, PeerPortrait portrait) {
        Numbers.matrix(node.putArray("anchorCosines"), portrait.anchorCosines(), 3);
        Numbers.vector(node.putArray("embeddingNormShares"), portrait.embeddingNormShares(), 5);
        node.put("smallestEmbeddingNorm", portrait.smallestEmbeddingNorm());
        node.put("largestEmbeddingNorm", portrait.largestEmbeddingNorm());
        Numbers.vector(node.putArray("layerEnergies"), portrait.layerEnergies(), 4);
    }
}
