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
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The model versions of Azure Machine Learning workspaces, over the resource manager. One request for a page of models
 * and one for a page of versions of each. The service does not say where weights lie in a way that can be read: a
 * registration needs a {@code location}.
 */
final class AzureMlPages implements Pages {

    private static final String VERSION = "2024-10-01";
    private static final Pattern WORKSPACE =
            Pattern.compile("/?subscriptions/[^/]+/resourceGroups/[^/]+/providers/[^/]+/workspaces/[^/]+");

    private final Registration registration;
    private final RegistryApi api;
    private final InstantSource clock;
    private final ApiClient client;
    private @Nullable List<String> models;

    AzureMlPages(Registration registration, RegistryApi api, InstantSource clock) {
        this.registration = registration;
        this.api = api;
        this.clock = clock;
        this.client = new ApiClient(registration.alias(), api, Credentials.of(api));
    }

    /** Models, as paths below their workspaces; the scope names the workspaces by their resource ids. */
    @Override
    public List<String> parts() throws IOException, InterruptedException {
        if (models == null) {
            List<String> all = new ArrayList<>();
            for (String workspace : api.scope()) {
                if (!WORKSPACE.matcher(workspace).matches()) {
                    throw new ListingException(
                            0,
                            registration.alias() + ": list models",
                            "a scope of resource ids of workspaces",
                            workspace);
                }
                all.addAll(models(workspace.replaceFirst("^/", "")));
            }
            models = all;
        }
        return models;
    }

    private List<String> models(String workspace) throws IOException, InterruptedException {
        HttpUrl first = client.url(workspace + "/models")
                .addQueryParameter("api-version", VERSION)
                .build();
        return Names.all(registration.alias() + ": list models", token -> {
            Answer answer = client.get("list models", client.page(first, token));
            List<String> names = answer.object().list("value").stream()
                    .map(model -> workspace + "/models/" + model.text("name"))
                    .toList();
            return new Names(names, next(answer));
        });
    }

    private static @Nullable String next(Answer answer) throws ListingException {
        String link = answer.object().optionalText("nextLink");
        return link == null ? null : answer.next(link);
    }

    @Override
    public Page page(String model, String token, @Nullable Instant since) throws IOException, InterruptedException {
        HttpUrl first = client.url(model + "/versions")
                .addQueryParameter("api-version", VERSION)
                .build();
        String name = model.substring(model.lastIndexOf('/') + 1);
        Answer answer = client.get("list versions of " + name, client.page(first, token));
        var entries = new Entries();
        for (Payload version : answer.object().list("value")) {
            String what = name + " " + version.at("name").node().asText();
            entries.add(what, () -> upload(name, version, since));
        }
        return entries.page(next(answer));
    }

    private @Nullable Announcement upload(String model, Payload version, @Nullable Instant since) {
        Payload system = version.at("systemData");
        Instant created = system.instant("createdAt", clock.instant());
        if (since != null && !system.instant("lastModifiedAt", created).isAfter(since)) {
            return null;
        }
        ModelVersionId id = Announced.id(registration, model, version.text("name"));
        return ModelUpload.of(
                        EventId.of(registration, "listed", id.name(), id.version()),
                        id,
                        Announced.location(registration, id, null),
                        created)
                .by(system.optionalText("createdBy"))
                .declaring(Announced.bases(
                        registration, id, version.at("properties").at("tags")));
    }

    @Override
    public void close() {
        client.close();
    }
}
