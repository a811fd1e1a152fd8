package dev.forebear.e2e;

import java.io.File;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real browser without a window. */
final class Browser {

    private Browser() {}

    /** Starts one, which the caller quits. */
    static ChromeDriver open() {
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(onPath("chromedriver"))
                        .build(),
                new ChromeOptions()
                        .setBinary(onPath("chromium"))
                        .addArguments(
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-dev-shm-usage",
                                "--disable-gpu",
                                "--disable-background-networking"));
    }

    /** Pixels by which the page is wider than the window. */
    static long sidewaysScroll(ChromeDriver browser) {
        return (Long) browser.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    private static File onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new AssertionError(program + " is not on the PATH"));
    }
}
