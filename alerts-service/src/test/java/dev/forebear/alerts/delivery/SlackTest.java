package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlackTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void hasTheShapeOfTheSample() throws IOException {
        JsonNode sample = JSON.readTree(SlackTest.class.getResource("out-02-slack-block-kit-alert.body.json"));
        JsonNode message = JSON.readTree(Slack.payload(Alerts.notice(Alerts.alert())));

        assertThat(shape("", message)).isEqualTo(shape("", sample));
    }

    @Test
    void saysWhatWasFoundInAPlainTextForNotifications() throws IOException {
        JsonNode message = JSON.readTree(Slack.payload(Alerts.notice(Alerts.alert())));

        assertThat(message.get("text").asText())
                .isEqualTo(
                        "HIGH: Undisclosed ancestor: internal/helios-7b@v4 descends from hub/quarry-ai/basalt-7b@main");
        JsonNode fields = message.get("blocks").get(1).get("fields");
        assertThat(fields.get(1).get("text").asText())
                .isEqualTo("*Matches*\nhub/quarry-ai/basalt-7b@main (1 in 10^78 by chance)");
        assertThat(message.get("blocks")
                        .get(3)
                        .get("elements")
                        .get(0)
                        .get("url")
                        .asText())
                .isEqualTo("https://lineage.example.com/#/alerts/al_5f0c2a1b9d3e4f60");
    }

    @Test
    void escapesModelNamesThatWouldCallEverybody() throws IOException {
        String payload = new String(Slack.payload(Alerts.notice(Alerts.alert()
                .setDerivedModelVersionId("internal/<!channel>&co@1")
                .setTitle("Undisclosed ancestor: internal/<!channel>&co@1"))));

        assertThat(payload).contains("&lt;!channel&gt;&amp;co").doesNotContain("<!channel>");
    }

    @Test
    void saysWhenAFindingIsGone() throws IOException {
        JsonNode message =
                JSON.readTree(Slack.payload(Alerts.notice(Alerts.alert().setState(AlertState.RESOLVED))));

        assertThat(message.get("text").asText()).startsWith("RESOLVED: ");
        assertThat(message.get("blocks").get(0).get("text").get("text").asText())
                .isEqualTo("Undisclosed ancestor no longer found");
    }

    @Test
    void saysThatWeightsAreTheSame() {
        Notice notice = Alerts.notice(Alerts.alert().setVerdict(Verdict.SAME_WEIGHTS));

        assertThat(new String(Slack.payload(notice))).contains("(same weights)");
    }

    @Test
    void staysWithinSlacksLimitsHoweverLongTheNames() throws IOException {
        String name = "x".repeat(5_000);
        JsonNode message = JSON.readTree(Slack.payload(Alerts.notice(Alerts.alert()
                .setDerivedModelVersionId("internal/" + name + "@1")
                .setTitle("Undisclosed ancestor: " + name))));

        for (JsonNode field : message.get("blocks").get(1).get("fields")) {
            assertThat(field.get("text").asText().length()).isLessThanOrEqualTo(2_000);
        }
        assertThat(message.get("text").asText().length()).isLessThan(3_000);
    }

    /** Paths of all values and the texts that are part of the format. */
    private static List<String> shape(String path, JsonNode node) {
        List<String> shape = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(field -> shape.addAll(shape(path + "/" + field.getKey(), field.getValue())));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                shape.addAll(shape(path + "/" + i, node.get(i)));
            }
        } else {
            boolean part = path.endsWith("/type") || path.endsWith("/action_id") || path.endsWith("/emoji");
            shape.add(path + (part ? "=" + node.asText() : ": " + node.getNodeType()));
        }
        return shape;
    }
}
