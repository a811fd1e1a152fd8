package dev.forebear.alerts.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.AlertIds;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;

/** Every part of the page: accessible, light, within the organisation, and safe from the names it shows. */
@ExtendWith(DashboardExtension.class)
class PagesBrowserTest {

    private static final int MAX_BYTES = 300_000;

    private final Dashboard dashboard;

    PagesBrowserTest(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    record Part(String name, String address) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Part> parts() {
        String alert = AlertIds.of(Family.HELIOS, "undisclosed-ancestry", Family.BASALT);
        return Stream.of(
                new Part("overview", "#/overview"),
                new Part("alerts", "#/alerts"),
                new Part("alert", "#/alerts/" + alert),
                new Part("models", "#/models"),
                new Part(
                        "model",
                        "#/models/" + Dashboard.encoded(Family.of(Family.HELIOS).latest())),
                new Part("ancestor", "#/ancestors/" + Dashboard.encoded(Family.BASALT)),
                new Part("registries", "#/registries"),
                new Part("deliveries", "#/deliveries"),
                new Part("policy", "#/policy"),
                new Part("policy-try", "#/policy/try"),
                new Part("exceptions", "#/exceptions"),
                new Part("audit", "#/audit"),
                new Part("dead-letters", "#/dead-letters"),
                new Part("tokens", "#/tokens"),
                new Part("search", "#/search?q=basalt"),
                new Part("hostile", "#/models/" + Dashboard.encoded(Family.HOSTILE + "@v1")),
                new Part("long", "#/models/" + Dashboard.encoded(Family.LONG + "@v1")));
    }

    @AfterEach
    void theBrowserHadNothingToComplainOf() {
        dashboard.desktop();
        dashboard.dark(false);
        dashboard.assertNoComplaint();
    }

    @ParameterizedTest
    @MethodSource("parts")
    void isAccessibleOnADeskInTheDarkAndOnAPhoneAndAsksNobodyElse(Part part) {
        dashboard.open(part.address());
        dashboard.picture(part.name());
        Accessibility.assertAccessible(dashboard.browser);
        dashboard.dark(true);
        dashboard.picture(part.name() + "-dark");
        Accessibility.assertReadable(dashboard.browser);
        dashboard.dark(false);
        dashboard.phone();
        dashboard.browser.executeCdpCommand("Network.clearBrowserCache", Map.of());
        dashboard.openAnew(part.address());
        assertLight(part);
        dashboard.picture(part.name() + "-phone");
        assertThat(dashboard.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("sideways scroll in pixels")
                .isEqualTo(0L);
        Accessibility.assertAccessible(dashboard.browser);
    }

    @Test
    void showsHostileNamesAsTheyAreWritten() {
        dashboard.open("#/models/" + Dashboard.encoded(Family.HOSTILE + "@v1"));
        assertThat(dashboard.text("main h1")).contains("<img src=x onerror=alert(1)>-<!channel>");
        assertThat(dashboard.text(".heading"))
                .contains("ana\u2039U+202E\u203amoc.elpmaxe@\u2407bo")
                .doesNotContain("\u202e");
        assertThat(dashboard.browser.findElements(By.cssSelector("main img"))).isEmpty();
        assertThat(dashboard.run("return document.querySelector('main h1 bdi') !== null"))
                .isEqualTo(true);
        dashboard.open("#/alerts?by=time");
        dashboard.awaitText(".inbox-rows", "onerror=alert(1)");
    }

    @Test
    void saysWhenTheConnectionIsLostAndWhenItIsBack() {
        dashboard.open("#/audit");
        dashboard.open("#/overview");
        dashboard.awaitText(".live", "Live");
        try {
            offline(true);
            dashboard.run("location.hash = '#/audit'");
            dashboard.awaitText(".lost[role=alert]", "does not answer");
            assertThat(dashboard.text("main")).contains("Audit trail");
        } finally {
            offline(false);
        }
        dashboard.run("location.hash = '#/overview'");
        dashboard.await("return document.querySelector('.lost[role=alert]') === null");
        dashboard.complaints();
    }

    private void offline(boolean offline) {
        dashboard.browser.executeCdpCommand("Network.enable", Map.of());
        dashboard.browser.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** What a first visit costs, and whom it asks. */
    private void assertLight(Part part) {
        @SuppressWarnings("unchecked")
        var weighed = (Map<String, Object>) dashboard.run("""
            const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
            const sum = (name) => all.reduce((bytes, each) => bytes + each[name], 0);
            return {
              sent: sum("transferSize"), read: sum("decodedBodySize"), files: all.length,
              others: all.map((each) => each.name).filter((name) => !name.startsWith(location.origin)),
              paint: Math.round(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1),
            };\
            """);
        System.out.printf(
                "%-13s %,8d bytes sent, %,8d unpacked, %3d files, first paint after %d ms%n",
                part.name(), (Long) weighed.get("sent"), (Long) weighed.get("read"), (Long) weighed.get("files"), (Long)
                        weighed.get("paint"));
        assertThat((Long) weighed.get("sent")).isBetween(20_000L, (long) MAX_BYTES);
        assertThat((List<?>) weighed.get("others")).isEmpty();
    }
}
