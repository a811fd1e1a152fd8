package dev.forebear.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.cli.Zoo;
import dev.forebear.cli.console.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>&\u2028";

    private static HeadToHead comparison;
    private static String page;

    @BeforeAll
    static void comparesUnderAHostileName() throws IOException {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (Checkpoint a = Checkpoint.open(new FolderStorage(Zoo.folder("base-a")));
                Checkpoint b = Checkpoint.open(new FolderStorage(Zoo.folder("base-b")))) {
            HeadToHead found = HeadToHead.of(a, b, 1000, Console.of(nowhere, nowhere));
            Side named = new Side(
                    HOSTILE,
                    HOSTILE,
                    found.a().shape(),
                    found.a().parameters(),
                    found.a().bytes());
            comparison =
                    new HeadToHead(named, found.b(), found.evidence(), found.peer(), found.judgement(), 1000, null);
        }
        page = HtmlReport.page(comparison, Instant.parse("2026-11-20T09:30:00Z"));
    }

    @Test
    void aNameCannotBecomeMarkup() throws IOException {
        assertThat(page).doesNotContain("<img", "onerror=alert(1)>");
        assertThat(page.split("</script>", -1))
                .as("two scripts and what follows")
                .hasSize(3);
        assertThat(data().path("a").path("name").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void loadsNothingFromAnywhere() {
        String withoutNamespace = page.replace("http://www.w3.org/2000/svg", "");

        assertThat(withoutNamespace).doesNotContain("http://", "https://", "url(", "@import", "src=\"", "<link");
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void itsPolicyAllowsItsOwnScriptOnly() throws GeneralSecurityException {
        String script = between("<script>", "</script>");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));

        assertThat(page)
                .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "';")
                .doesNotContain("@script", "@data@", "@style@");
    }

    @Test
    void scriptWritesTextAndNeverMarkup() {
        assertThat(between("<script>", "</script>"))
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    }

    @Test
    void holdsWhatIsDrawn() throws IOException {
        JsonNode data = data();

        assertThat(data.path("layers").path("z")).hasSize(4).allMatch(row -> row.size() == 4);
        assertThat(data.path("a").path("anchorCosines")).hasSize(64).allMatch(row -> row.size() == 64);
        assertThat(data.path("b").path("embeddingNormShares")).hasSize(20);
        assertThat(data.path("b").path("layerEnergies")).hasSize(4);
        assertThat(data.path("evidence")).isNotEmpty().allMatch(one -> one.hasNonNull("nullDeviation"));
        assertThat(data.path("date").asText()).isEqualTo("20 November 2026, 09:30 UTC");
    }

    private static JsonNode data() throws IOException {
        Matcher island = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page);
        assertThat(island.find()).isTrue();
        return new ObjectMapper().readTree(island.group(1));
    }

    private static String between(String start, String end) {
        int from = page.indexOf(start) + start.length();
        return page.substring(from, page.indexOf(end, from));
    }
}
