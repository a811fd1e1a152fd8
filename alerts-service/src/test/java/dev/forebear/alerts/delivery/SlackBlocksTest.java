package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlackBlocksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void hasTheShapeOfTheSampleAndSaysWhyAndVerbatim() throws IOException {
        JsonNode sample = JSON.readTree(SlackBlocksTest.class.getResource("out-02-slack-block-kit-alert.body.json"));
        ObjectNode message = SlackBlocks.of(Alerts.message(Alerts.alert()));
        JsonNode why = ((ArrayNode) message.get("blocks")).remove(2);
        List<String> shape = shape("", message);

        assertThat(why.get("text").get("text").asText()).isEqualTo("The weights agree. It declares no base.");
        assertThat(shape.removeIf(path -> path.endsWith("/verbatim: BOOLEAN"))).isTrue();
        assertThat(shape).isEqualTo(shape("", sample));
    }

    @Test
    void saysWhatWasFoundInAPlainTextForNotifications() throws IOException {
        JsonNode message = SlackBlocks.of(Alerts.message(Alerts.alert()));

        assertThat(message.get("text").asText())
                .isEqualTo(
                        "HIGH: Undisclosed ancestor: internal/helios-7b@v4 descends from hub/quarry-ai/basalt-7b@main");
        JsonNode fields = message.get("blocks").get(1).get("fields");
        assertThat(fields.get(1).get("text").asText())
                .isEqualTo("*Matches*\nhub/quarry-ai/basalt-7b@main (1 in 10^78 by chance)");
        assertThat(message.get("blocks")
                        .get(4)
                        .get("elements")
                        .get(0)
                        .get("url")
                        .asText())
                .isEqualTo("https://lineage.example.com/#/alerts/al_5f0c2a1b9d3e4f60");
    }

    @Test
    void escapesModelNamesThatWouldCallEverybody() throws IOException {
        String payload = SlackBlocks.of(Alerts.message(Alerts.alert()
                        .setDerivedModelVersionId("internal/<!channel>&co@1")
                        .setTitle("Undisclosed ancestor: internal/<!channel>&co@1")))
                .toString();

        assertThat(payload).contains("&lt;!channel&gt;&amp;co").doesNotContain("<!channel>");
    }

    @Test
    void saysWhenAFindingIsGone() throws IOException {
        JsonNode message = SlackBlocks.of(Alerts.message(Alerts.alert().setState(AlertState.RESOLVED)));

        assertThat(message.get("text").asText()).startsWith("RESOLVED: ");
        assertThat(message.get("blocks").get(0).get("text").get("text").asText())
                .isEqualTo("Undisclosed ancestor no longer found");
    }

    @Test
    void saysThatWeightsAreTheSame() {
        Message message = Alerts.message(Alerts.alert().setVerdict(Verdict.SAME_WEIGHTS));

        assertThat(SlackBlocks.of(message).toString()).contains("(same weights)");
    }

    @Test
    void namesTheMostUrgentOfManyAndCountsTheRest() {
        List<LineageAlert> alerts = IntStream.range(0, 10_000)
                .mapToObj(i -> Alerts.alert().setAlertId("al_" + i).build())
                .toList();
        JsonNode blocks = SlackBlocks.of(Alerts.message(Message.Kind.OPENED, alerts, null))
                .get("blocks");

        assertThat(blocks.get(0).get("text").get("text").asText())
                .isEqualTo("Undisclosed ancestor found in 10,000 models");
        assertThat(blocks.get(1).get("text").get("text").asText())
                .isEqualTo("Severity: 10,000 high. Models: 10,000 in internal.");
        assertThat(blocks.toString())
                .contains("and 9,990 more")
                .contains("#/alerts?rule=undisclosed-ancestry&ancestor=hub%2Fquarry-ai%2Fbasalt-7b");
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
