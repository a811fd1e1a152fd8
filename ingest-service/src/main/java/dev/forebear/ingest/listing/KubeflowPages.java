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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The model versions of a Kubeflow model registry. One request for a page, one for the artifacts of each version. */
final class KubeflowPages implements Pages {

    private static final int PAGE_SIZE = 50;
    private static final String API = "api/model_registry/v1alpha3/";

    /** Models whose names are remembered; one has many versions. */
    private static final int REMEMBERED = 10_000;

    private final Registration registration;
    private final InstantSource clock;
    private final ApiClient client;
    private final Map<String, String> names = new HashMap<>();

    KubeflowPages(Registration registration, RegistryApi api, InstantSource clock) {
        this.registration = registration;
        this.clock = clock;
        this.client = new ApiClient(registration.alias(), api, Credentials.of(api));
    }

    @Override
    public List<String> parts() {
        return WHOLE;
    }

    @Override
    public Page page(String part, String token, @Nullable Instant since) throws IOException, InterruptedException {
        HttpUrl.Builder url = client.url(API + "model_versions")
                .addQueryParameter("pageSize", Integer.toString(PAGE_SIZE))
                .addQueryParameter("orderBy", "LAST_UPDATE_TIME")
                .addQueryParameter("sortOrder", "DESC");
        if (!token.isEmpty()) {
            url.addQueryParameter("nextPageToken", token);
        }
        Payload answer = client.get("list model versions", url.build()).object();
        var entries = new Entries();
        var order = new NewestFirst(since);
        for (Payload version : answer.list("items")) {
            if (order.wants(changed(version))) {
                String what = "model version " + version.at("id").node().asText();
                entries.add(what, () -> upload(version));
            }
        }
        return entries.page(
                order.isEnough() ? null : answer.at("nextPageToken").node().asText(""));
    }

    private static @Nullable Instant changed(Payload version) {
        long updated = version.at("lastUpdateTimeSinceEpoch").node().asLong(0);
        return updated > 0 ? Instant.ofEpochMilli(updated) : null;
    }

    private @Nullable Announcement upload(Payload version) throws IOException, InterruptedException {
        Payload artifact = artifact(version.text("id"));
        if (artifact == null) {
            return null;
        }
        String model = name(version.text("registeredModelId"));
        ModelVersionId id = Announced.id(registration, model, version.text("name"));
        Long created = version.optionalNumber("createTimeSinceEpoch");
        List<String> declared = new ArrayList<>(declared(version));
        declared.addAll(declared(artifact));
        return ModelUpload.of(
                        EventId.of(registration, "listed", version.text("id"), artifact.text("uri")),
                        id,
                        Announced.location(registration, id, artifact.text("uri")),
                        created == null ? clock.instant() : Instant.ofEpochMilli(created))
                .by(version.optionalText("author"))
                .declaring(Announced.bases(id, declared.stream().distinct().toList(), "registry-tag"));
    }

    /** The weights of a version; null when none were registered yet. */
    private @Nullable Payload artifact(String version) throws IOException, InterruptedException {
        HttpUrl url =
                client.url(API + "model_versions/" + version + "/artifacts").build();
        return client.get("list artifacts of model version " + version, url).object().list("items").stream()
                .filter(artifact -> "model-artifact".equals(artifact.optionalText("artifactType")))
                .filter(artifact -> artifact.has("uri"))
                .findFirst()
                .orElse(null);
    }

    private String name(String model) throws IOException, InterruptedException {
        String known = names.get(model);
        if (known != null) {
            return known;
        }
        HttpUrl url = client.url(API + "registered_models/" + model).build();
        String name = client.get("read registered model " + model, url).object().text("name");
        if (names.size() >= REMEMBERED) {
            names.clear();
        }
        names.put(model, name);
        return name;
    }

    private List<String> declared(Payload entity) {
        Payload properties = entity.at("customProperties");
        return registration.reading().declaringTags().stream()
                .map(tag -> properties.at(tag).optionalText("string_value"))
                .flatMap(value -> value == null ? null : Arrays.stream(value.split(",")))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
