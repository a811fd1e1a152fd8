package dev.forebear.alerts.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.AlertIds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

@ExtendWith(DashboardExtension.class)
class InboxBrowserTest {

    private final Dashboard dashboard;

    InboxBrowserTest(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @BeforeEach
    void openTheInbox() {
        dashboard.complaints();
        dashboard.openAnew("#/alerts?by=time");
    }

    @AfterEach
    void theBrowserHadNothingToComplainOf() {
        dashboard.assertNoComplaint();
    }

    @Test
    void acknowledgesByAKeyAndTakesItBack() {
        focus("internal/policy-tutor");
        dashboard.keys("a");
        dashboard.awaitText(".notes", "1 alert acknowledged.");
        dashboard.open("#/alerts?state=acknowledged");
        dashboard.awaitText(".inbox-list", "policy-tutor");

        focus("internal/policy-tutor");
        dashboard.keys("o");
        dashboard.awaitText(".notes", "1 alert reopened.");
        dashboard.open("#/alerts?by=time");
        dashboard.awaitText(".inbox-list", "policy-tutor");
    }

    @Test
    void goesThroughTheListByKeysAndOpensAnAlert() {
        dashboard.keys("j");
        String first = focused();
        dashboard.keys("j");
        String second = focused();
        assertThat(second).isNotEqualTo(first);
        dashboard.keys("k");
        assertThat(focused()).isEqualTo(first);

        dashboard.keys(Keys.ENTER);
        dashboard.await("return document.querySelector('.inbox-detail .history') !== null");
        assertThat(dashboard.browser.getCurrentUrl()).contains("#/alerts/al_");
        dashboard.keys(Keys.ESCAPE);
        dashboard.await("return document.querySelector('.inbox-detail') === null");
    }

    @Test
    void snoozesUntilTheFindingChangesForAReason() {
        focus("search/passage-ranker");
        dashboard.keys("s");
        dashboard.click("input[value=change] + span");
        dashboard.element("dialog textarea").sendKeys("The team reads it anew.");
        dashboard.click("dialog button.primary");

        dashboard.awaitText(".notes", "1 alert snoozed.");
        dashboard.open("#/alerts/" + AlertIds.of("search/passage-ranker", "not-analysed", null) + "?state=snoozed");
        dashboard.awaitText(".inbox-detail .callout", "when the finding changes");
        dashboard.awaitText(".inbox-detail .history", "The team reads it anew.");
    }

    @Test
    void resolvesOnlyForAReason() {
        focus("internal/voice-notes");
        dashboard.keys("r");
        dashboard.click("dialog button.primary");
        assertThat(dashboard.run("return document.querySelector('dialog textarea').validity.valueMissing"))
                .isEqualTo(true);

        dashboard.element("dialog textarea").sendKeys("The recording was deleted.");
        dashboard.click("dialog button.primary");
        dashboard.awaitText(".notes", "1 alert resolved.");
        dashboard.open("#/alerts?state=resolved&by=time");
        dashboard.awaitText(".inbox-list", "voice-notes");
    }

    @Test
    void actsOnAllThatAreSelected() {
        focus("internal/ticket-triage");
        dashboard.keys("x");
        focus("internal/support-assistant");
        dashboard.keys("x");
        dashboard.awaitText(".selection", "2 alerts selected");
        dashboard.press("Acknowledge");

        dashboard.awaitText(".notes", "2 alerts acknowledged.");
        dashboard.press("Undo");
        dashboard.awaitText(".notes", "2 alerts reopened.");
    }

    @Test
    void filtersByWhatIsClickedAndSaysSoInItsAddress() {
        dashboard.press("Severity");
        dashboard.click(".menu-list:not([hidden]) .menu-item");
        dashboard.await("return location.hash.includes('severity=critical')");
        dashboard.settle();
        dashboard.awaitText(".inbox-list", "ledger-embedder");
        assertThat(dashboard.text(".inbox-rows")).doesNotContain("policy-tutor");
    }

    @Test
    void groupsByAncestorAndOpensAGroup() {
        dashboard.open("#/alerts?state=open,acknowledged,snoozed");
        dashboard.awaitText(".inbox-groups", "quarry-ai/basalt-7b");
        dashboard.run("document.querySelector('.group-button[aria-expanded=false]')?.click()");
        dashboard.await("return document.querySelector('.group .row') !== null");
        dashboard.awaitText(".group .row", "internal/");
    }

    @Test
    void findsAModelByAPartOfItsAncestorsName() {
        dashboard.keys("/");
        dashboard.keys("basalt");
        dashboard.awaitText(".hits", "helios-7b");
        dashboard.keys(Keys.ARROW_DOWN, Keys.ENTER);
        dashboard.await("return location.hash.startsWith('#/models/')");
    }

    @Test
    void opensTheModelFromItsAlert() {
        dashboard.open("#/alerts/" + AlertIds.of(Family.HELIOS, "undisclosed-ancestry", Family.BASALT));
        dashboard.click(".alert h2 a");
        dashboard.awaitText("main h1", "helios-7b");
        dashboard.awaitText(".declared-found", "Found, not declared");
    }

    @Test
    void listensToNoKeyWhereOneTypesNorWhenToldNotTo() {
        dashboard.element("#search").sendKeys("ax");
        assertThat(dashboard.text(".selection")).isEmpty();
        dashboard.keys(Keys.ESCAPE, Keys.ESCAPE);
        dashboard.keys("?");
        dashboard.click("dialog .check input");
        dashboard.press("Close");
        focus("internal/claims-checker");
        dashboard.keys("x");
        assertThat(dashboard.text(".selection")).isEmpty();
        dashboard.run("localStorage.clear()");
    }

    private void focus(String model) {
        dashboard.awaitText(".inbox-list", model.substring(model.indexOf('/') + 1));
        dashboard.run(
                "[...document.querySelectorAll('.row-link')].find(each => each.querySelector('.row-what').innerText"
                        + ".startsWith(arguments[0] + '@')).focus()",
                model);
    }

    private String focused() {
        return String.valueOf(dashboard.run("return document.activeElement.dataset.alert"));
    }
}
