package dev.forebear.alerts.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

@ExtendWith(DashboardExtension.class)
class LineageBrowserTest {

    private static final String PICTURE = "document.querySelector('.stage canvas').toDataURL()";

    /** Answers the page's question for a graph with 5,000 nodes: the earlier a model, the more was made from it. */
    private static final String LARGE_GRAPH = """
        let seed = 11;
        const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
        const id = (number) => number === 0 ? "hub/quarry-ai/basalt-7b@main" : `internal/basalt-${number}@v1`;
        const node = (number) => ({ id: id(number), modelId: id(number).split("@")[0], registry: "internal",
          depth: 0, known: true, licence: "mit", deleted: false, alerts: number % 17 === 1 ? 1 : 0,
          severity: number % 17 === 1 ? ["critical", "high", "medium", "low"][number % 4] : null });
        const step = (derived, base, weight) => ({ derived: id(derived), base: id(base), verdict: "derived",
          parent: true, declared: random() < 0.8, kind: "fine-tuned", mergeWeight: weight, log10EValue: -78,
          chance: "about 1 in 10^78" });
        const graph = { root: id(0), nodes: [node(0)], edges: [], truncated: false };
        for (let number = 1; number < 5000; number++) {
          graph.nodes.push(node(number));
          graph.edges.push(step(number, Math.floor(random() ** 2.2 * number), number % 40 ? null : 0.6));
          if (number % 40 === 0) graph.edges.push(step(number, Math.floor(random() * number / 2), 0.4));
        }
        const asked = window.fetch;
        window.fetch = (address, options) => String(address).includes("/model/lineage")
          ? Promise.resolve(new Response(JSON.stringify(graph))) : asked(address, options);\
        """;

    private final Dashboard dashboard;

    LineageBrowserTest(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @AfterEach
    void theBrowserHadNothingToComplainOf() {
        dashboard.assertNoComplaint();
    }

    @Test
    void movesWithTheMouse() {
        WebElement stage = graphOf(Family.of(Family.HELIOS).latest());
        dashboard.run("window.before = " + PICTURE);
        new Actions(dashboard.browser)
                .moveToElement(stage, 40, 60)
                .clickAndHold()
                .moveByOffset(90, -30)
                .release()
                .perform();
        dashboard.await("return window.before !== " + PICTURE);
        dashboard.press("All");
        new Actions(dashboard.browser).moveToElement(dashboard.element("h1")).perform();
        dashboard.await("return window.before === " + PICTURE);
    }

    @Test
    void isGoneThroughByKeysAlongItsSteps() {
        graphOf(Family.of(Family.HELIOS).latest());
        dashboard.run("document.querySelector('.stage-keys').focus()");
        dashboard.await("return document.activeElement.className === 'stage-keys'");
        dashboard.keys(Keys.ARROW_LEFT);
        dashboard.awaitText(".stage-card", "helios-7b");
        dashboard.keys(Keys.ARROW_LEFT);
        dashboard.awaitText(".stage-card", "basalt-7b");
        assertThat(dashboard.text(".lineage [role=status]")).contains("basalt-7b");
        dashboard.keys(Keys.ENTER);
        dashboard.awaitText("main h1", "basalt-7b");
    }

    @Test
    void saysTheSameAsAList() {
        graphOf(Family.of(Family.HELIOS).latest());
        dashboard.click(".as-list summary");
        dashboard.awaitText(".as-list", "quarry-ai/basalt-7b");
        assertThat(dashboard.text(".as-list")).contains("Fine tuned from", "not declared", "helios-7b-chat");
    }

    @Test
    void drawsFiveThousandModelsAndKeepsUpWithTheMouse() {
        dashboard.openAnew("#/overview");
        dashboard.run(LARGE_GRAPH);
        dashboard.run("location.hash = arguments[0]", "#/models/" + Dashboard.encoded(Family.BASALT));
        dashboard.awaitText(".as-list summary", "5,000 model versions");
        dashboard.run("document.querySelector('.stage').scrollIntoView({ block: 'center' })");
        @SuppressWarnings("unchecked")
        var frames = (List<Number>) dashboard.browser.executeAsyncScript("""
            const done = arguments[0];
            const canvas = document.querySelector(".stage canvas");
            const box = canvas.getBoundingClientRect();
            const send = (kind, x, y) => (kind === "mousedown" ? canvas : window).dispatchEvent(new MouseEvent(kind, {
              bubbles: true, cancelable: true, view: window, clientX: box.left + x, clientY: box.top + y, buttons: 1 }));
            const times = [];
            let last = performance.now();
            send("mousedown", 400, 300);
            const frame = () => {
              const now = performance.now();
              times.push(now - last);
              last = now;
              send("mousemove", 400 + 150 * Math.sin(times.length / 8), 300 + 90 * Math.cos(times.length / 8));
              if (times.length < 90) requestAnimationFrame(frame);
              else { send("mouseup", 400, 300); times.sort((a, b) => a - b); done([times[44], times[85], times[89]]); }
            };
            requestAnimationFrame(frame);\
            """);
        System.out.printf(
                "5,000 nodes panned: a frame takes %.1f ms in the middle, %.1f ms at p95, %.1f ms at most%n",
                frames.get(0).doubleValue(),
                frames.get(1).doubleValue(),
                frames.get(2).doubleValue());
        assertThat(frames.getFirst().doubleValue()).as("frames were drawn").isPositive();
        dashboard.press("All");
        dashboard.picture("lineage-5000");
    }

    private WebElement graphOf(String modelVersionId) {
        dashboard.openAnew("#/models/" + Dashboard.encoded(modelVersionId));
        WebElement stage = dashboard.element(".stage");
        dashboard.run("arguments[0].scrollIntoView({ block: 'center' })", stage);
        return stage;
    }
}
