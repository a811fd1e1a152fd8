package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.alerts.delivery.StubServer.Reply;
import dev.forebear.alerts.delivery.StubServer.Request;
import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A workflow of Microsoft Teams, as far as the documentation of webhooks and Adaptive Cards goes. */
final class TeamsStub implements AutoCloseable {

    private static final int MAX_BYTES = 28 * 1024;
    private static final Set<String> ELEMENTS = Set.of("TextBlock", "FactSet");

    private final StubServer server = new StubServer(this::answer);
    private final List<JsonNode> cards = Collections.synchronizedList(new ArrayList<>());

    StubServer server() {
        return server;
    }

    List<JsonNode> cards() {
        return List.copyOf(cards);
    }

    Teams channel(Terms terms) {
        String url = server.url("/workflows/0123/triggers/manual/paths/invoke").toString();
        return new Teams(terms, Secret.of(url), new HttpPost(Duration.ofSeconds(5)));
    }

    private Reply answer(Request request) {
        if (request.body().length > MAX_BYTES) {
            return Reply.of(413, "{\"error\":{\"code\":\"RequestEntityTooLarge\"}}");
        }
        JsonNode message = Json.read(new String(request.body(), StandardCharsets.UTF_8));
        JsonNode attachment = message.path("attachments").path(0);
        JsonNode card = attachment.path("content");
        boolean valid = "message".equals(message.path("type").asText())
                && "application/vnd.microsoft.card.adaptive"
                        .equals(attachment.path("contentType").asText())
                && "AdaptiveCard".equals(card.path("type").asText())
                && !card.path("version").asText().isEmpty()
                && !card.path("body").isEmpty();
        for (JsonNode element : card.path("body")) {
            valid &= ELEMENTS.contains(element.path("type").asText());
        }
        for (JsonNode action : card.path("actions")) {
            valid &= action.path("url").asText().startsWith("https://");
        }
        if (!valid) {
            return Reply.of(400, "{\"error\":{\"code\":\"InvalidRequestContent\"}}");
        }
        cards.add(card);
        return Reply.of(202, "");
    }

    @Override
    public void close() {
        server.close();
    }
}
