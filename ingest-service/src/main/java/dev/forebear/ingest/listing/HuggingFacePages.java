package dev.forebear.ingest.listing;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.announcement.Digests;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The models of a Hugging Face hub, by owner: of each the commits that its branches and tags are at. One request for a
 * page of models, one more for each of them, and one for each commit.
 */
final class HuggingFacePages implements Pages {

    /** Small, because each model costs requests of its own and a page is done again when one of them fails. */
    private static final int PAGE_SIZE = 20;

    /** Branches and tags of one model; quantisers keep a branch for each number of bits. */
    private static final int MAX_REVISIONS = 100;

    private static final String RELATION_TAG = "base_model:";
    private static final Set<String> RELATIONS = Set.of("adapter", "merge", "quantized", "finetune");

    private final Registration registration;
    private final RegistryApi api;
    private final InstantSource clock;
    private final ApiClient client;

    HuggingFacePages(Registration registration, RegistryApi api, InstantSource clock) {
        this.registration = registration;
        this.api = api;
        this.clock = clock;
        this.client = new ApiClient(registration.alias(), api, Credentials.of(api));
    }

    @Override
    public List<String> parts() {
        return api.scope().isEmpty() ? WHOLE : api.scope();
    }

    @Override
    public Page page(String owner, String token, @Nullable Instant since) throws IOException, InterruptedException {
        Answer answer = client.get("list models", client.page(first(owner, since), token));
        var entries = new Entries();
        var order = new NewestFirst(since);
        for (Payload model : answer.json().elements()) {
            if (order.wants(changed(model))) {
                model(model, entries);
            }
        }
        return entries.page(order.isEnough() ? null : answer.next());
    }

    private static @Nullable Instant changed(Payload model) {
        try {
            return model.has("lastModified") ? model.instant("lastModified", Instant.MAX) : null;
        } catch (NotUnderstoodException notTold) {
            return null;
        }
    }

    // By creation when everything is wanted: nothing moves to a page that was listed before.
    private HttpUrl first(String owner, @Nullable Instant since) {
        HttpUrl.Builder url = client.url("api/models")
                .addQueryParameter("full", "true")
                .addQueryParameter("limit", Integer.toString(PAGE_SIZE))
                .addQueryParameter("sort", since == null ? "createdAt" : "lastModified")
                .addQueryParameter("direction", "-1");
        return (owner.isEmpty() ? url : url.addQueryParameter("author", owner)).build();
    }

    private void model(Payload model, Entries entries) throws IOException, InterruptedException {
        String name = String.valueOf(model.optionalText("id"));
        List<String> revisions = new ArrayList<>();
        entries.add(name, () -> {
            revisions.addAll(revisions(model.text("id"), model.optionalText("sha")));
            return null;
        });
        for (String revision : revisions) {
            entries.add(name + "@" + revision, () -> upload(name, revision));
        }
    }

    private Set<String> revisions(String name, @Nullable String main) throws IOException, InterruptedException {
        Payload refs = client.get(
                        "list refs of " + name,
                        client.url("api/models/" + name + "/refs").build())
                .object();
        Set<String> revisions = new LinkedHashSet<>();
        if (main != null) {
            revisions.add(main);
        }
        for (String kind : List.of("branches", "tags")) {
            refs.list(kind).stream()
                    .limit(MAX_REVISIONS)
                    .map(ref -> ref.text("targetCommit"))
                    .forEach(revisions::add);
        }
        return revisions;
    }

    private Announcement upload(String name, String revision) throws IOException, InterruptedException {
        HttpUrl url = client.url("api/models/" + name + "/revision/" + revision)
                .addQueryParameter("blobs", "true")
                .build();
        Payload model = client.get("read " + name + "@" + revision, url).object();
        ModelVersionId id = Announced.id(registration, name, revision);
        String location = Announced.location(registration, id, "hf://" + name + "@" + revision);
        var digests = new Digests();
        for (Payload file : model.list("siblings")) {
            Payload large = file.at("lfs");
            digests.add(file.optionalText("rfilename"), large.optionalText("sha256"), large.optionalNumber("size"));
        }
        Instant at = model.instant("lastModified", clock.instant());
        return ModelUpload.of(EventId.of(registration, "listed", name, revision), id, location, at)
                .declaring(bases(id, model.texts("tags")))
                .containing(digests.content(null))
                .knownAs(model.optionalText("_id"), visibility(model));
    }

    private static @Nullable String visibility(Payload model) {
        if (!model.has("private")) {
            return null;
        }
        return model.at("private").node().asBoolean() ? "private" : "public";
    }

    /** The relations that the Hub found out itself; what the card says stands in the files. */
    private static List<Declared> bases(ModelVersionId id, List<String> tags) {
        List<Declared> bases = new ArrayList<>();
        for (String tag : tags) {
            String[] words = tag.split(":", 3);
            if (tag.startsWith(RELATION_TAG) && words.length == 3 && RELATIONS.contains(words[1])) {
                Announced.bases(id, List.of(words[2]), "registry-tag").stream()
                        .map(base -> new Declared(base.name(), words[1], base.source()))
                        .forEach(bases::add);
            }
        }
        return bases;
    }

    @Override
    public void close() {
        client.close();
    }
}
