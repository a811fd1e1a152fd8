package dev.forebear.ingest.listing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.sender.Announced;
import dev.forebear.ingest.sender.NotUnderstoodException;
import dev.forebear.ingest.sender.Payload;
import dev.forebear.schemas.ModelVersionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of Weights &amp; Biases artifacts, by collection, over GraphQL. One request for a page of collections
 * and one for a page of versions of each.
 */
final class WeightsAndBiasesPages implements Pages {

    private static final int PAGE_SIZE = 100;

    /** From the making of a version to the end of its upload, which is not told. */
    private static final Duration SLOWEST = Duration.ofDays(1);

    /** The account that an API key stands for. */
    private static final String ACCOUNT = "api";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String COLLECTIONS = """
        query Collections($entity: String!, $project: String!, $type: String!, $first: Int!, $after: String) {
          project(name: $project, entityName: $entity) {
            artifactType(name: $type) {
              artifactCollections(first: $first, after: $after) {
                pageInfo { endCursor hasNextPage }
                edges { node { name } }
              }
            }
          }
        }\
        """;

    private static final String VERSIONS = """
        query Versions($entity: String!, $project: String!, $type: String!, $name: String!, $first: Int!,
            $after: String) {
          project(name: $project, entityName: $entity) {
            artifactType(name: $type) {
              artifactCollection(name: $name) {
                artifacts(first: $first, after: $after) {
                  pageInfo { endCursor hasNextPage }
                  edges { version node { id digest state createdAt metadata } }
                }
              }
            }
          }
        }\
        """;

    private final Registration registration;
    private final RegistryApi api;
    private final InstantSource clock;
    private final ApiClient client;
    private @Nullable List<String> collections;

    WeightsAndBiasesPages(Registration registration, RegistryApi api, InstantSource clock) {
        this.registration = registration;
        this.api = api;
        this.clock = clock;
        this.client = new ApiClient(
                registration.alias(), api, Credentials.of(api, api.username() == null ? ACCOUNT : api.username()));
    }

    /** Collections as {@code entity/project/collection}; the scope names {@code entity/project}. */
    @Override
    public List<String> parts() throws IOException, InterruptedException {
        if (collections == null) {
            List<String> all = new ArrayList<>();
            for (String project : api.scope()) {
                all.addAll(collections(project));
            }
            collections = all;
        }
        return collections;
    }

    private List<String> collections(String project) throws IOException, InterruptedException {
        return Names.all(registration.alias() + ": list collections", token -> {
            Payload page =
                    ask("list collections", COLLECTIONS, project + "/", token).at("artifactCollections");
            List<String> names = page.list("edges").stream()
                    .map(edge -> project + "/" + edge.at("node").text("name"))
                    .toList();
            return new Names(names, next(page));
        });
    }

    private static @Nullable String next(Payload page) {
        Payload info = page.at("pageInfo");
        return info.at("hasNextPage").node().asBoolean() ? info.text("endCursor") : null;
    }

    private Payload ask(String call, String query, String part, String token) throws IOException, InterruptedException {
        String[] names = part.split("/", 3);
        if (names.length < 3) {
            throw new ListingException(0, registration.alias() + ": " + call, "a scope of entity/project", part);
        }
        ObjectNode question = JSON.createObjectNode().put("query", query);
        ObjectNode variables = question.putObject("variables")
                .put("entity", names[0])
                .put("project", names[1])
                .put("name", names[2])
                .put("type", "model")
                .put("first", PAGE_SIZE)
                .put("after", token.isEmpty() ? null : token);
        if (names[2].isEmpty()) {
            variables.remove("name");
        }
        Answer answer = client.post(call, client.url("graphql").build(), "application/json", question.toString());
        if (answer.object().has("errors")) {
            throw new ListingException(0, answer.call(), "an answer", "errors, as for what the key may not see");
        }
        return answer.object().at("data").at("project").at("artifactType");
    }

    @Override
    public Page page(String collection, String token, @Nullable Instant since)
            throws IOException, InterruptedException {
        Payload page = ask("list versions of " + collection, VERSIONS, collection, token)
                .at("artifactCollection")
                .at("artifacts");
        var entries = new Entries();
        for (Payload edge : page.list("edges")) {
            String what = collection + ":" + edge.at("version").node().asText();
            entries.add(what, () -> upload(collection, edge, since));
        }
        return entries.page(next(page));
    }

    private @Nullable Announcement upload(String collection, Payload edge, @Nullable Instant since) {
        Payload artifact = edge.at("node");
        Instant created = instant(artifact);
        boolean known = since != null && !created.isAfter(since.minus(SLOWEST));
        if (known || !"COMMITTED".equals(artifact.optionalText("state"))) {
            return null;
        }
        ModelVersionId id = Announced.id(registration, collection, edge.text("version"));
        String metadata = artifact.optionalText("metadata");
        Payload told = Payload.parse((metadata == null ? "{}" : metadata).getBytes(StandardCharsets.UTF_8));
        return ModelUpload.of(
                        EventId.of(registration, "listed", id.name(), id.version()),
                        id,
                        Announced.location(registration, id, told.optionalText("location")),
                        created)
                .declaring(Announced.bases(registration, id, told));
    }

    // Times come without an offset, and are of UTC.
    private Instant instant(Payload artifact) {
        String text = artifact.optionalText("createdAt");
        try {
            return text == null ? clock.instant() : Instant.parse(text.endsWith("Z") ? text : text + "Z");
        } catch (DateTimeException e) {
            throw NotUnderstoodException.malformed("createdAt: expected a time, found '" + text + "'");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
