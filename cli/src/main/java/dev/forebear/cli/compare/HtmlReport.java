package dev.forebear.cli.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.signals.peer.PeerPortrait;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

/**
 * A comparison as one HTML file that needs nothing else: the data is an island of JSON, drawn by the script beside it.
 * Names come from strangers: they enter the page as JSON and leave it as text, never as markup, and the page's policy
 * lets no other script run and nothing be loaded.
 */
final class HtmlReport {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.UK).withZone(ZoneOffset.UTC);

    private HtmlReport() {}

    static void write(Path file, HeadToHead comparison, Instant now) throws IOException {
        Files.writeString(file, page(comparison, now));
    }

    static String page(HeadToHead comparison, Instant now) {
        String script = resource("report.js");
        return resource("report.html")
                .replace("@style@", resource("report.css"))
                .replace("@scriptHash@", sha256(script))
                .replace("@script@", script)
                .replace("@data@", island(data(comparison, now)));
    }

    private static ObjectNode data(HeadToHead comparison, Instant now) {
        ObjectNode root = ComparisonJson.of(comparison);
        root.put("date", DATE.format(now));
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

    /** JSON in which no character can end the element around it. */
    private static String island(ObjectNode data) {
        try {
            return MAPPER.writeValueAsString(data)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree could not be written", impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String sha256(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
