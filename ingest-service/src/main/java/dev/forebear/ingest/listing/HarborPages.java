package dev.forebear.ingest.listing;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.sender.Manifest;
import dev.forebear.ingest.sender.ModelLayer;
import dev.forebear.ingest.sender.Payload;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The models among the artifacts of a Harbor registry, by repository. One request for a page of artifacts with their
 * tags.
 */
final class HarborPages implements Pages {

    /** As many as Harbor gives at most. */
    private static final int PAGE_SIZE = 100;

    private static final String API = "api/v2.0/";

    private final Registration registration;
    private final RegistryApi api;
    private final InstantSource clock;
    private final ApiClient client;
    private @Nullable List<String> repositories;

    HarborPages(Registration registration, RegistryApi api, InstantSource clock) {
        this.registration = registration;
        this.api = api;
        this.clock = clock;
        this.client = new ApiClient(registration.alias(), api, Credentials.of(api));
    }

    /** Repositories with their projects: of those projects that the operator names, or all. */
    @Override
    public List<String> parts() throws IOException, InterruptedException {
        if (repositories == null) {
            List<String> all = new ArrayList<>();
            for (String project : api.scope().isEmpty() ? WHOLE : api.scope()) {
                all.addAll(repositories(project.isEmpty() ? "repositories" : "projects/" + project + "/repositories"));
            }
            repositories = all;
        }
        return repositories;
    }

    private List<String> repositories(String path) throws IOException, InterruptedException {
        HttpUrl first = client.url(API + path)
                .addQueryParameter("page_size", Integer.toString(PAGE_SIZE))
                .build();
        return Names.all(registration.alias() + ": list repositories", token -> {
            Answer answer = client.get("list repositories", client.page(first, token));
            List<String> names = answer.json().elements().stream()
                    .map(repository -> repository.text("name"))
                    .filter(name -> name.contains("/"))
                    .toList();
            return new Names(names, answer.next());
        });
    }

    @Override
    public Page page(String part, String token, @Nullable Instant since) throws IOException, InterruptedException {
        String project = part.substring(0, part.indexOf('/'));
        // Encoded twice: the server in front of Harbor decodes once.
        String repository = part.substring(project.length() + 1).replace("/", "%252F");
        HttpUrl first = client.url(API + "projects/" + project + "/repositories")
                .addEncodedPathSegment(repository)
                .addPathSegment("artifacts")
                .addQueryParameter("page_size", Integer.toString(PAGE_SIZE))
                .addQueryParameter("with_tag", "true")
                .build();
        Answer answer = client.get("list artifacts of " + part, client.page(first, token));
        var entries = new Entries();
        for (Payload artifact : answer.json().elements()) {
            String what = part + " " + artifact.at("digest").node().asText();
            List<Payload> tags = artifact.list("tags");
            for (Payload tag : tags) {
                entries.add(what, () -> upload(part, artifact, tag, since));
            }
            if (tags.isEmpty()) {
                entries.add(what, () -> upload(part, artifact, null, since));
            }
        }
        return entries.page(answer.next());
    }

    private @Nullable Announcement upload(
            String repository, Payload artifact, @Nullable Payload tag, @Nullable Instant since) {
        boolean model = Stream.of("artifact_type", "media_type")
                .map(artifact::optionalText)
                .anyMatch(ModelLayer::isOfModel);
        Instant pushed = artifact.instant("push_time", clock.instant());
        // A tag may be moved to an artifact that was there before.
        Instant tagged = tag == null ? pushed : tag.instant("push_time", pushed);
        Instant at = tagged.isAfter(pushed) ? tagged : pushed;
        if (!model || since != null && !at.isAfter(since)) {
            return null;
        }
        String digest = artifact.text("digest");
        String name = tag == null ? null : tag.text("name");
        String eventId = EventId.of(registration, "listed", repository, name == null ? "" : name, digest);
        return new Manifest(registration, client.url().host(), repository, name, digest).uploaded(eventId, at);
    }

    @Override
    public void close() {
        client.close();
    }
}
