package dev.forebear.alerts.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOnlyOptions;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.List;
import org.openqa.selenium.WebDriver;

/** What a browser shows, held against WCAG 2.2 AA by axe. */
public final class Accessibility {

    private static final List<String> STANDARDS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private Accessibility() {}

    public static void assertAccessible(WebDriver browser) {
        assertNoViolation(browser, "tag", STANDARDS);
    }

    /** What colours alone decide. */
    public static void assertReadable(WebDriver browser) {
        assertNoViolation(browser, "rule", List.of("color-contrast", "link-in-text-block"));
    }

    private static void assertNoViolation(WebDriver browser, String type, List<String> rules) {
        var only = new AxeRunOnlyOptions();
        only.setType(type);
        only.setValues(rules);
        var options = new AxeRunOptions();
        options.setRunOnly(only);
        options.setResultTypes(List.of("violations"));
        var results = new AxeBuilder().withOptions(options).setLegacyMode(true).analyze(browser);
        assertThat(results.getViolations())
                .extracting(
                        rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml() + " "
                                + rule.getNodes().getFirst().getFailureSummary())
                .isEmpty();
    }
}
