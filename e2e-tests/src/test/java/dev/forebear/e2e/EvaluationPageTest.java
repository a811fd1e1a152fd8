package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.Forebear;
import dev.forebear.cli.console.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** The page of {@code evaluate --html}, as a browser without a network draws it. */
class EvaluationPageTest {

    private static final Path ZOO = Path.of("..", "zoo");
    private static final String HOSTILE = "<img src=x onerror=document.title='owned'>";

    private static ChromeDriver browser;

    @BeforeAll
    static void openThePage(@TempDir Path folder) throws IOException {
        List<String> models = List.of("base-a", "base-b", "base-a-sft-light", "base-a-layer-pruned");
        var mapper = new ObjectMapper();
        ObjectNode lineage = mapper.createObjectNode();
        var entries = lineage.putArray("models");
        for (JsonNode model :
                mapper.readTree(ZOO.resolve("lineage.json").toFile()).path("models")) {
            if (models.contains(model.path("id").asText())) {
                ChildProcess.copy(
                        ZOO.resolve(model.path("dir").asText()),
                        folder.resolve(model.path("dir").asText()));
                entries.add(model);
            }
        }
        entries.addObject().put("id", HOSTILE).putArray("parents").add("base-a");
        mapper.writeValue(folder.resolve("lineage.json").toFile(), lineage);
        Path page = folder.resolve("page.html");
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        int exitCode = Forebear.commandLine(Console.of(nowhere, nowhere), Map.of())
                .execute("evaluate", folder.toString(), "--html", page.toString());
        assertThat(exitCode).isZero();
        browser = Browser.open();
        browser.get(page.toUri().toString());
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void drawsEveryPictureWithoutAnError() {
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(browser.findElements(By.cssSelector("svg[role='img']")))
                .as("ROC curve, quantiles, strengths, kinds")
                .hasSize(4);
        assertThat(browser.findElement(By.cssSelector("h2")).getText()).contains(" bars ");
        assertThat(browser.findElement(By.tagName("body")).getText())
                .contains("Related against independent pairs", "p-values of independent pairs", "By relation")
                .doesNotContain("NaN", "undefined", "[object");
    }

    @Test
    void leadsFromAPairToTheModelsInIt() {
        String target = browser.findElement(By.cssSelector("tr[id^='pair-'] a")).getAttribute("href");

        assertThat(browser.findElements(By.id(target.substring(target.indexOf('#') + 1))))
                .as("the row that %s leads to", target)
                .hasSize(1);
    }

    @Test
    void filtersThePairs() {
        var filter = browser.findElement(By.cssSelector("input[type=search]"));
        filter.sendKeys("independent");

        assertThat(browser.findElements(By.cssSelector("tr[id^='pair-']:not([hidden])")))
                .as("pairs with base-b")
                .hasSize(3);
        filter.clear();
    }

    @Test
    void showsAHostileNameAsText() {
        assertThat(browser.findElement(By.tagName("body")).getText()).contains(HOSTILE + ": ");
        assertThat(browser.findElements(By.tagName("img"))).isEmpty();
        assertThat(browser.getTitle()).endsWith("Forebear evaluation");
    }

    @Test
    void fitsANarrowScreen() {
        browser.manage().window().setSize(new Dimension(500, 900));

        assertThat(Browser.sidewaysScroll(browser))
                .as("sideways scroll in pixels")
                .isZero();
    }
}
