package dev.forebear.alerts.page;

import java.io.File;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The browser of this machine, without a window. */
public final class Chromium {

    /** What is said when there is none. */
    public static final String MISSING =
            "The page was NOT tested: no chromium and chromedriver on the PATH; get them by"
                    + " apt-get install chromium chromium-driver";

    private Chromium() {}

    public static boolean isInstalled() {
        return onPath("chromium").isPresent() && onPath("chromedriver").isPresent();
    }

    /** Starts one, which the caller quits. */
    public static ChromeDriver open() {
        var logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions()
                .setBinary(onPath("chromium").orElseThrow())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--force-prefers-reduced-motion",
                        "--disable-background-networking");
        options.setCapability("goog:loggingPrefs", logging);
        var driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(onPath("chromedriver").orElseThrow())
                .build();
        return new ChromeDriver(driver, options);
    }

    private static Optional<File> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst();
    }
}
