package dev.forebear.ingest.listing;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.sender.Announced;
import dev.forebear.ingest.sender.Payload;
import dev.forebear.schemas.ModelVersionId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The model versions of Vertex AI, by model. One request for a page of models and one for a page of versions of each;
 * the service cannot be asked for what changed.
 */
final class VertexAiPages implements Pages {

    private static final int PAGE_SIZE = 100;

    private final Registration registration;
    private final RegistryApi api;
    private final InstantSource clock;
    private final ApiClient client;
    private @Nullable List<String> models;

    VertexAiPages(Registration registration, RegistryApi api, InstantSource clock) {
        this.registration = registration;
        this.api = api;
        this.clock = clock;
        this.client = new ApiClient(registration.alias(), api, Credentials.of(api));
    }

    /** Models by their resource names; the scope names {@code projects/<project>/locations/<location>}. */
    @Override
    public List<String> parts() throws IOException, InterruptedException {
        if (models == null) {
            List<String> all = new ArrayList<>();
            for (String place : api.scope()) {
                all.addAll(models(place));
            }
            models = all;
        }
        return models;
    }

    private List<String> models(String place) throws IOException, InterruptedException {
        return Names.all(registration.alias() + ": list models", token -> {
            Payload answer = ask("list models", "v1/" + place + "/models", token);
            List<String> names = answer.list("models").stream()
                    .map(model -> model.text("name").replaceFirst("@.*", ""))
                    .toList();
            return new Names(names, answer.at("nextPageToken").node().asText(""));
        });
    }

    private Payload ask(String call, String path, String token) throws IOException, InterruptedException {
        HttpUrl.Builder url = client.url(path).addQueryParameter("pageSize", Integer.toString(PAGE_SIZE));
        if (!token.isEmpty()) {
            url.addQueryParameter("pageToken", token);
        }
        return client.get(call, url.build()).object();
    }

    @Override
    public Page page(String model, String token, @Nullable Instant since) throws IOException, InterruptedException {
        Payload answer = ask("list versions of " + model, "v1/" + model + ":listVersions", token);
        var entries = new Entries();
        for (Payload version : answer.list("models")) {
            String what = model + "@" + version.at("versionId").node().asText();
            entries.add(what, () -> upload(version, since));
        }
        return entries.page(answer.at("nextPageToken").node().asText(""));
    }

    private @Nullable Announcement upload(Payload version, @Nullable Instant since) {
        Instant created = version.instant("versionCreateTime", version.instant("createTime", clock.instant()));
        if (since != null && !version.instant("versionUpdateTime", created).isAfter(since)) {
            return null;
        }
        ModelVersionId id = Announced.id(registration, version.text("displayName"), version.text("versionId"));
        return ModelUpload.of(
                        EventId.of(registration, "listed", id.name(), id.version()),
                        id,
                        Announced.location(registration, id, version.optionalText("artifactUri")),
                        created)
                .declaring(Announced.bases(registration, id, version.at("labels")));
    }

    @Override
    public void close() {
        client.close();
    }
}
