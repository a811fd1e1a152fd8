package dev.forebear.alerts.page;

import dev.forebear.alerts.AlertIds;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DashboardExtension.class)
class PolicyBrowserTest {

    private final Dashboard dashboard;

    PolicyBrowserTest(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @AfterEach
    void theBrowserHadNothingToComplainOf() {
        dashboard.assertNoComplaint();
    }

    @Test
    void saysLineAndColumnOfWhatIsWrongWithAText() {
        dashboard.openAnew("#/policy/try");
        write("policy: 1\nrules:\n  undisclosed-ancestry:\n    severity: urgent\n");
        dashboard.awaitText(".problems", "urgent");
        dashboard.awaitText(".problems button", "4:");
        dashboard.click(".problems button");
        dashboard.await("return document.activeElement.id === 'policy-text'");
    }

    @Test
    void previewsATextOnWhatIsKnown() {
        dashboard.openAnew("#/policy/try");
        write("policy: 1\nrules:\n  disallowed-ancestor:\n    severity: critical\n    models: [quarry-ai/*]\n");
        dashboard.press("Preview on what is known");
        dashboard.await("return document.querySelector('.counts-sum') !== null", Duration.ofMinutes(2));
        dashboard.awaitText(".counts .samples", "New");
        dashboard.awaitText(".counts table", "Disallowed ancestor");
        dashboard.run("document.querySelector('.counts').scrollIntoView({ block: 'end' })");
        dashboard.picture("policy-preview");
    }

    @Test
    void resolvesTheAlertThatAnExceptionIsGrantedFor() {
        String alert = AlertIds.of("internal/meeting-minutes", "contradicted-declaration", Family.BASALT);
        dashboard.openAnew("#/alerts/" + alert);
        dashboard.press("Grant an exception");
        dashboard.element("dialog input[name=owner]").sendKeys("Mira Okafor");
        dashboard.element("dialog textarea").sendKeys("The card names the tokenizer's origin; counsel agreed.");
        dashboard.press("Grant");

        dashboard.awaitText(".notes", "The exception is granted.");
        dashboard.awaitText(".inbox-detail .alert-kind", "Resolved");
        dashboard.awaitText(".inbox-detail .callout", "An exception covers it.");
        dashboard.open("#/exceptions");
        dashboard.awaitText(".exceptions", "counsel agreed");
    }

    @Test
    void quarantinesAnAncestorAndLiftsIt() {
        dashboard.openAnew("#/ancestors/" + Dashboard.encoded(Family.KELP));
        dashboard.press("Quarantine");
        dashboard.element("dialog textarea").sendKeys("Backdoor reported, INC-4711.");
        dashboard.element("dialog button[type=submit]").click();
        dashboard.awaitText(".notes", "Quarantined.");
        dashboard.awaitText(".quarantine", "INC-4711");
        dashboard.picture("quarantine");
        dashboard.open("#/models?query=kelp-1b");
        dashboard.awaitText(".table", "Quarantined");
        dashboard.open("#/ancestors/" + Dashboard.encoded(Family.KELP));
        dashboard.press("Lift the quarantine");
        dashboard.press("Lift");
        dashboard.awaitText(".notes", "The quarantine is lifted");
        dashboard.await("return document.querySelector('.quarantine') === null");
    }

    @Test
    void showsATokenOnceAndRevokesIt() {
        dashboard.openAnew("#/tokens");
        dashboard.press("Make a token");
        dashboard.element("dialog input[name=name]").sendKeys("nightly");
        dashboard.press("Make it");
        dashboard.awaitText("dialog .secret code", "fb_");
        dashboard.press("Close");
        dashboard.awaitText(".table", "nightly");
        dashboard.click("button[aria-label='Revoke nightly']");
        dashboard.click("dialog button.primary");
        dashboard.awaitText(".notes", "The token nightly is revoked.");
    }

    private void write(String text) {
        dashboard.run(
                "const field = document.getElementById('policy-text'); field.value = arguments[0];"
                        + " field.dispatchEvent(new Event('input', { bubbles: true }))",
                text);
    }
}
