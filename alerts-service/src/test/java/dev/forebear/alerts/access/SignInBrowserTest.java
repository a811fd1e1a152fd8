package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.alerts.Wire;
import dev.forebear.alerts.page.Accessibility;
import dev.forebear.alerts.page.Chromium;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.Role;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** The pages before the page, as a browser shows them. */
class SignInBrowserTest {

    private static final ResourceStack RESOURCES = new ResourceStack();

    @TempDir
    static Path folder;

    static Wire broker;
    static ChromeDriver browser;

    @BeforeAll
    static void start() {
        assumeThat(Chromium.isInstalled()).as(Chromium.MISSING).isTrue();
        broker = RESOURCES.add(new Wire(folder.resolve("broker")));
        browser = Chromium.open();
        RESOURCES.add(browser::quit);
    }

    @AfterAll
    static void stop() throws Exception {
        RESOURCES.close();
    }

    @Test
    void theFirstAdminIsLetInOnceAndEveryPageOnTheWayIsAccessible() {
        try (var instance = instance("first", AccessConfig.tokensOnly())) {
            var link = instance.at(instance.control().firstSignInPath().orElseThrow());
            assertAccessible(instance.at("/sign-in"), "Sign in");
            assertAccessible(link, "Sign in as admin");
            browser.findElement(By.cssSelector("button")).click();
            await().untilAsserted(() -> assertThat(browser.getPageSource()).contains("the page"));
            assertAccessible(instance.at("/sign-out"), "Sign out");
            assertAccessible(link, "This link is not good any more");
        }
    }

    @Test
    void aProviderThatIsAwayIsSaidOnAnAccessiblePage() {
        var signIn = new SignIn(
                URI.create("http://127.0.0.1:9/"),
                "forebear",
                Secret.of("secret"),
                List.of("openid"),
                "email",
                "groups",
                Map.of(Role.ADMIN, Set.of("platform")),
                null,
                "Ask platform@example.com",
                Duration.ofHours(1));
        try (var instance = instance("away", new AccessConfig(AccessMode.SIGN_IN, signIn, null))) {
            assertAccessible(instance.at("/sign-in"), "Sign in");
            assertAccessible(instance.at("/sign-in/start?to=/"), "The provider does not answer");
        }
    }

    private static Instance instance(String name, AccessConfig config) {
        return Instance.start(broker, broker.create(name + "."), folder.resolve(name), config);
    }

    private static void assertAccessible(URI page, String title) {
        browser.get(page.toString());
        assertThat(browser.findElement(By.tagName("h1")).getText()).isEqualTo(title);
        Accessibility.assertAccessible(browser);
    }
}
