package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The demonstration, as a new user sees it: what it prints against the truth, and its page in a real browser. */
class DemoIT {

    private static final Duration DONE_WITHIN = Duration.ofMinutes(5);
    private static final Pattern ROW = Pattern.compile("^\\S+?/(?:zoo/)?(\\S+)\\s{2,}\\S+?/(?:zoo/)?(\\S+)\\s{2,}(same"
            + " weights|derived)\\s{2,}\\S+\\s{2,}(yes|no)\\s*(raised)?$");

    /** Untouched coordinates: what the evidence of fingerprints reaches. */
    private static final Set<String> REACHED = Set.of(
            "base-a-copy",
            "base-a-sft-light",
            "base-a-sft-heavy",
            "base-a-cpt",
            "base-a-lora-merged",
            "base-a-vocab-ext",
            "base-a-vocab-rebuilt",
            "base-a-layer-pruned",
            "base-a-depth-up",
            "base-a-distill-init",
            "base-a-merge-slerp",
            "base-a-merge-linear",
            "base-a-merge-ties",
            "base-a-moe",
            "base-a-adv-scaled",
            "base-a-adv-noise",
            "base-a-adv-rotated",
            "base-a-adv-vocab-shuffled",
            "base-a-int8",
            "base-a-gptq",
            "base-a-fp8",
            "base-a-gguf-q8",
            "base-a-grandchild",
            "base-a-rerun-sft",
            "base-b-sft");

    private static final Map<String, Row> ROWS = new HashMap<>();

    private static ChildProcess demo;
    private static Truth truth;

    private record Row(String base, String verdict, boolean disclosed, boolean alert) {}

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
                        new Row(row.group(2), row.group(3), row.group(4).equals("yes"), row.group(5) != null));
            }
        }
    }

    @AfterAll
    static void end() throws InterruptedException {
        demo.end();
    }

    @Test
    void findsEveryDerivativeThatItsStatisticsReach() {
        assertThat(ROWS.keySet()).as(demo.log()).isEqualTo(REACHED);
    }

    @Test
    void namesABaseThatIsOne() {
        assertThat(ROWS)
                .allSatisfy((model, row) -> assertThat(truth.isAncestor(row.base(), model))
                        .as("%s descends from %s", model, row.base())
                        .isTrue());
    }

    @Test
    void accusesNoIndependentModel() {
        assertThat(truth.ids()).hasSize(39).containsAll(ROWS.keySet());
        assertThat(ROWS)
                .allSatisfy((model, row) ->
                        assertThat(truth.related(model, row.base())).as(model).isTrue());
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
    void saysWhatWasNotAnalysedAndWhy() {
        assertThat(demo.output()).anyMatch(line -> line.matches(".*base-a-lora-adapter .*adapter.*"));
    }

    @Test
    void showsOnItsPageWhatItFound() throws IOException {
        var address = demo.output().stream()
                .filter(line -> line.contains("http://localhost:"))
                .map(line -> line.replaceFirst(".*(http://localhost:\\d+/).*", "$1"))
                .findFirst()
                .orElseThrow();
        var options = new ChromeOptions();
        options.setBinary(System.getProperty("forebear.chromium", "/usr/bin/chromium"));
        options.addArguments(List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--window-size=1280,1400"));
        System.setProperty(
                "webdriver.chrome.driver", System.getProperty("forebear.chromedriver", "/usr/bin/chromedriver"));
        var browser = new ChromeDriver(options);
        try {
            browser.get(address);
            var wait = new WebDriverWait(browser, Duration.ofSeconds(20));
            wait.until(page -> page.findElement(By.tagName("body")).getText().contains("base-a-copy"));
            Files.write(Path.of("target", "page.png"), browser.getScreenshotAs(OutputType.BYTES));

            browser.get(demo.awaitLine("The proof of each is on the page, for example (\\S+)", DONE_WITHIN)
                    .group(1));
            browser.navigate().refresh();
            wait.until(
                    page -> !page.findElements(By.cssSelector("tr.detail svg")).isEmpty());
            Files.write(Path.of("target", "proof.png"), browser.getScreenshotAs(OutputType.BYTES));

            assertThat(browser.manage().logs().get("browser").getAll()).isEmpty();
            assertThat(browser.findElement(By.tagName("body")).getText()).contains("base-a-copy");
        } finally {
            browser.quit();
        }
    }
}
