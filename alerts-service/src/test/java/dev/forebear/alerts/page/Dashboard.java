package dev.forebear.alerts.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.AlertsService;
import dev.forebear.alerts.Receiver;
import dev.forebear.alerts.Wire;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.schemas.WireConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The service with an organisation's month in its topics, and a browser that looks at its page. */
final class Dashboard implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The page shows what was asked for: its part is drawn, and nothing is waited for. */
    private static final String SETTLED = "return document.querySelector('main h1, main .empty') !== null"
            + " && document.querySelector('.waiting:not(.status)') === null && document.fonts.status === 'loaded'";

    private final ResourceStack resources = new ResourceStack();
    private final Path pictures = Path.of("target", "screenshots");
    /** Where the pictures of the documents are written, when that is asked for. */
    private final @Nullable String documents = System.getProperty("forebear.screenshots");

    final Seeds seeds;
    final ChromeDriver browser;
    final URI page;

    private Dashboard() throws Exception {
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "dashboard");
        var broker = resources.add(new Wire(data.resolve("platform")));
        WireConfig wire = broker.create("page.");
        seeds = Seeds.write(broker, wire);
        AlertsService service = resources.add(TestedService.start(wire, data, resources.add(new Receiver())));
        page = service.uri();
        browser = Chromium.open();
        resources.add(browser::quit);
        desktop();
    }

    static Dashboard start() throws Exception {
        return new Dashboard();
    }

    /** Shows a part of the page, for example {@code #/alerts}, and waits until it is there. */
    void open(String address) {
        browser.get(page.resolve("/") + address);
        settle();
    }

    /** Loads a part of the page as if for the first time. */
    void openAnew(String address) {
        browser.get("about:blank");
        open(address);
    }

    void settle() {
        await(SETTLED);
    }

    /** Waits until a script says true. */
    void await(String script) {
        await(script, PATIENCE);
    }

    void await(String script, Duration patience) {
        patiently(patience).withMessage(script).until(driver -> browser.executeScript(script));
    }

    /** Waits until an element shows a text. */
    void awaitText(String selector, String text) {
        patiently(PATIENCE)
                .withMessage(() -> "'" + text + "' in " + selector + ", which shows: " + text(selector))
                .until(driver -> text(selector).contains(text));
    }

    private FluentWait<WebDriver> patiently(Duration patience) {
        return new WebDriverWait(browser, patience).pollingEvery(Duration.ofMillis(50));
    }

    /** Types on the keyboard, wherever the focus is. */
    void keys(CharSequence... keys) {
        new Actions(browser).sendKeys(keys).perform();
    }

    void click(String selector) {
        element(selector).click();
    }

    /** Clicks the button or the link with this text. */
    void press(String text) {
        patiently(PATIENCE)
                .withMessage("a button or a link '" + text + "'")
                .until(driver -> browser.findElements(By.cssSelector("button, a")).stream()
                        .filter(each -> each.isDisplayed()
                                && each.isEnabled()
                                && each.getText().equals(text))
                        .reduce((first, last) -> last)
                        .orElse(null))
                .click();
    }

    WebElement element(String selector) {
        return patiently(PATIENCE)
                .withMessage(selector)
                .until(driver -> browser.findElements(By.cssSelector(selector)).stream()
                        .findFirst()
                        .orElse(null));
    }

    /** The visible text of all elements; empty when there is none. */
    String text(String selector) {
        return String.valueOf(browser.executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(each => each.innerText).join('\\n')",
                selector));
    }

    Object run(String script, Object... arguments) {
        return browser.executeScript(script, arguments);
    }

    void desktop() {
        size(1360, 900);
    }

    void phone() {
        size(390, 844);
    }

    private void size(int width, int height) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    void dark(boolean dark) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Keeps a picture of what is seen. */
    void picture(String name) {
        try {
            byte[] picture = browser.getScreenshotAs(OutputType.BYTES);
            Files.createDirectories(pictures);
            Files.write(pictures.resolve(name + ".png"), picture);
            if (documents != null && isShown(name)) {
                Path folder = Path.of("..", documents);
                Files.createDirectories(folder);
                Files.write(folder.resolve(name + ".png"), picture);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isShown(String picture) throws IOException {
        return Files.readString(Path.of("..", "docs", "dashboard.md")).contains("images/" + picture + ".png");
    }

    /** What the browser complained of since it was asked last. */
    List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    void assertNoComplaint() {
        assertThat(complaints()).isEmpty();
    }

    static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        resources.close();
    }
}
