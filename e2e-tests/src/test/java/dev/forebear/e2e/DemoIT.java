package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The demonstration, as a new user sees it: what it prints against the truth, and its page in a real browser. */
class DemoIT {

    private static final Duration DONE_WITHIN = Duration.ofMinutes(5);
    private static final Pattern ROW = Pattern.compile(
            "^\\S+?/(?:zoo/)?(\\S+)\\s{2,}(\\S+(?: \\+ \\S+)*)\\s{2,}(\\S+)\\s{2,}\\S+\\s{2,}(yes|no)\\s*(raised)?$");

    private static final Map<String, Row> ROWS = new HashMap<>();

    private static ChildProcess demo;
    private static Truth truth;

    private record Row(Set<String> parents, String kind, boolean disclosed, boolean alert) {}

    @BeforeAll
    static void run() throws IOException {
        truth = new Truth();
        demo = ChildProcess.ofModule("cli", Map.of(), "demo");
        demo.awaitLine("^39 models: ", DONE_WITHIN);
        for (var line : demo.output()) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                ROWS.put(
                        row.group(1),
                        new Row(
                                parents(row.group(2)),
                                row.group(3),
                                row.group(4).equals("yes"),
                                row.group(5) != null));
            }
        }
    }

    @AfterAll
    static void end() throws InterruptedException {
        demo.end();
    }

    @Test
    void findsEveryDerivativeAndNothingElse() {
        var derivatives = truth.ids().stream()
                .filter(model -> !truth.parents(model).isEmpty())
                .toList();
        assertThat(ROWS.keySet()).as(demo.log()).containsExactlyInAnyOrderElementsOf(derivatives);
    }

    @Test
    void namesTheParentsOfEach() {
        assertThat(ROWS)
                .allSatisfy((model, row) -> assertThat(row.parents()).as(model).isEqualTo(truth.parents(model)));
    }

    @Test
    void namesWhatWasDoneToThem() {
        assertThat(ROWS)
                .allSatisfy((model, row) -> assertThat(row.kind()).as(model).isEqualTo(truth.kind(model)));
    }

    @Test
    void raisesAnAlertForEachUndisclosedAncestryAndForNothingElse() {
        assertThat(ROWS)
                .allSatisfy((model, row) -> assertThat(row.alert()).as(model).isEqualTo(!row.disclosed()));
        assertThat(ROWS.keySet())
                .filteredOn(model -> truth.isHidden(model))
                .allSatisfy(model -> assertThat(ROWS.get(model).alert()).isTrue());
    }

    @Test
    void showsAnAdapterOnTheBaseThatItDeclares() {
        assertThat(ROWS.get("base-a-lora-adapter")).isEqualTo(new Row(Set.of("base-a"), "adapter", true, false));
        assertThat(demo.output()).anyMatch(line -> line.matches(".*base-a-lora-adapter .* adapter +declared +yes *"));
    }

    private static Set<String> parents(String joined) {
        return Arrays.stream(joined.split(" \\+ "))
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    @Test
    void showsOnItsPageWhatItFound() throws IOException {
        var address = demo.output().stream()
                .filter(line -> line.contains("http://localhost:"))
                .map(line -> line.replaceFirst(".*(http://localhost:\\d+/).*", "$1"))
                .findFirst()
                .orElseThrow();
        var browser = Browser.open();
        browser.manage().window().setSize(new Dimension(1280, 1400));
        try {
            browser.get(address + "#/alerts?by=time");
            var wait = new WebDriverWait(browser, Duration.ofSeconds(20));
            wait.until(page -> page.findElement(By.tagName("body")).getText().contains("base-a-copy"));
            Files.write(Path.of("target", "page.png"), browser.getScreenshotAs(OutputType.BYTES));

            browser.get(demo.awaitLine("The proof of each is on the page, for example (\\S+)", DONE_WITHIN)
                    .group(1));
            browser.navigate().refresh();
            wait.until(page ->
                    !page.findElements(By.cssSelector(".inbox-detail svg.bell")).isEmpty());
            Files.write(Path.of("target", "proof.png"), browser.getScreenshotAs(OutputType.BYTES));

            assertThat(browser.manage().logs().get("browser").getAll()).isEmpty();
            assertThat(browser.findElement(By.tagName("body")).getText()).contains("base-a-copy");
        } finally {
            browser.quit();
        }
    }
}
