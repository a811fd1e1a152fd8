package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.Forebear;
import dev.forebear.cli.console.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** The page of {@code compare --html}, as a browser without a network draws it. */
class ComparisonPageTest {

    private static final String HOSTILE = "<img src=x onerror=document.title='owned'>";

    private static ChromeDriver browser;

    @BeforeAll
    static void openThePage(@TempDir Path folder) throws IOException {
        Path hostile = folder.resolve(HOSTILE);
        ChildProcess.copy(Path.of("..", "zoo", "base-a-depth-up"), hostile);
        Path page = folder.resolve("page.html");
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        int exitCode = Forebear.commandLine(Console.of(nowhere, nowhere), Map.of())
                .execute("compare", "../zoo/base-a", hostile.toString(), "--html", page.toString());
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
        assertThat(browser.findElements(By.cssSelector("svg[aria-label^='observed']")))
                .as("a distribution for each statistic")
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(browser.findElements(By.cssSelector("rect title")))
                .as("two matrices of 4 by 6 layers, two of 64 by 64 anchors")
                .hasSize(2 * 4 * 6 + 2 * 64 * 64);
        assertThat(browser.findElement(By.tagName("body")).getText())
                .contains("Shared lineage", "Reported, they do not decide", "What was compared")
                .doesNotContain("NaN", "undefined", "[object");
    }

    @Test
    void showsAHostileNameAsText() {
        assertThat(browser.findElement(By.cssSelector("h1 .name-b")).getText()).isEqualTo(HOSTILE);
        assertThat(browser.findElements(By.tagName("img"))).isEmpty();
        assertThat(browser.getTitle()).endsWith("Forebear comparison");
    }

    @Test
    void fitsANarrowScreen() {
        browser.manage().window().setSize(new Dimension(500, 900));

        assertThat(Browser.sidewaysScroll(browser))
                .as("sideways scroll in pixels")
                .isZero();
    }
}
