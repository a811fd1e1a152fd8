package dev.forebear.cli.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

/**
 * A page as one HTML file that needs nothing else: the data is an island of JSON, drawn by the script beside it. Names
 * come from strangers: they enter the page as JSON and leave it as text, never as markup, and the page's policy lets no
 * other script run and nothing be loaded.
 */
public final class Page {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.UK).withZone(ZoneOffset.UTC);

    private Page() {}

    /**
     * The whole file.
     *
     * @param title shown until the script has run; no text from outside
     * @param owner class beside which {@code report.js} and {@code report.css} lie
     * @param data what the script draws
     */
    public static String of(String title, Class<?> owner, ObjectNode data) {
        String script = resource(Page.class, "page.js") + resource(owner, "report.js");
        return resource(Page.class, "page.html")
                .replace("@title@", title)
                .replace("@style@", resource(Page.class, "page.css") + resource(owner, "report.css"))
                .replace("@scriptHash@", sha256(script))
                .replace("@script@", script)
                .replace("@data@", island(data));
    }

    /** A moment as people read it, in UTC. */
    public static String date(Instant moment) {
        return DATE.format(moment);
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

    private static String resource(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
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
