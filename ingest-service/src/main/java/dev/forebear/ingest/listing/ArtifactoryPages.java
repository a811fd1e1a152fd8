package dev.forebear.ingest.listing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.sender.Payload;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folders of Artifactory repositories that hold weights, in the order of their paths, found by its query language.
 * One request for a thousand files with their digests. A page ends between two models. The worker does not read from
 * Artifactory: a registration needs a {@code location}.
 */
final class ArtifactoryPages implements Pages {

    private static final int PAGE_SIZE = 1000;

    /** For the versions of one model; more files than this are no model. */
    private static final int MAX_REQUESTS = 50;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Names that weights may have; which of them are weights is found out here. */
    private static final List<String> NAMES =
            List.of("*.safetensors", "*.gguf", "*.bin", "*.pt", "*.pth", "*.onnx", "*.npz", "*.index.json");

    private static final List<String> FIELDS = List.of("repo", "path", "name", "size", "modified", "sha256");

    private final Registration registration;
    private final RegistryApi api;
    private final InstantSource clock;
    private final ApiClient client;
    private final int pageSize;

    ArtifactoryPages(Registration registration, RegistryApi api, InstantSource clock) {
        this(registration, api, clock, PAGE_SIZE);
    }

    ArtifactoryPages(Registration registration, RegistryApi api, InstantSource clock, int pageSize) {
        this.registration = registration;
        this.api = api;
        this.clock = clock;
        this.client = new ApiClient(registration.alias(), api, Credentials.of(api));
        this.pageSize = pageSize;
    }

    /** Repositories. */
    @Override
    public List<String> parts() {
        return api.scope();
    }

    @Override
    public Page page(String repository, String token, @Nullable Instant since)
            throws IOException, InterruptedException {
        var entries = new Entries();
        Map<String, ListedFolder> siblings = new LinkedHashMap<>();
        String parent = null;
        String done = token;
        String last = token;
        for (int offset = 0; ; offset += pageSize) {
            List<Payload> files = files(repository, token, offset);
            for (Payload file : files) {
                String key = key(file);
                ListedFolder folder = ListedFolder.of(registration, null, key);
                if (!folder.parent().equals(parent)) {
                    finish(siblings, since, entries);
                    done = last;
                    parent = folder.parent();
                }
                add(siblings.computeIfAbsent(folder.prefix(), prefix -> folder), key, file, entries);
                last = file.text("path");
            }
            if (files.size() < pageSize) {
                finish(siblings, since, entries);
                return entries.page(null);
            }
            if (!done.equals(token)) {
                return entries.page(done);
            }
            if (offset / pageSize >= MAX_REQUESTS) {
                entries.skip(repository + "/" + parent, "expected the files of one model, found too many");
                return entries.page(last);
            }
        }
    }

    // Files at the top are in the path '.', and of no model.
    private static String key(Payload file) {
        String path = file.text("path");
        return path.equals(".") ? file.text("name") : path + "/" + file.text("name");
    }

    private static void add(ListedFolder folder, String key, Payload file, Entries entries)
            throws IOException, InterruptedException {
        entries.add(key, () -> {
            String sha256 = file.text("sha256");
            Instant modified = file.instant("modified", Instant.EPOCH);
            folder.add(key, sha256, sha256, file.optionalNumber("size"), modified);
            return null;
        });
    }

    // Of paths only those below one parent are together: '-' sorts before '/'.
    private void finish(Map<String, ListedFolder> siblings, @Nullable Instant since, Entries entries)
            throws IOException, InterruptedException {
        for (ListedFolder folder : siblings.values()) {
            entries.add(folder.toString(), () -> folder.upload(since, clock.instant()));
        }
        siblings.clear();
    }

    private List<Payload> files(String repository, String behind, int offset) throws IOException, InterruptedException {
        ObjectNode wanted = JSON.createObjectNode().put("repo", repository).put("type", "file");
        if (!behind.isEmpty()) {
            wanted.putObject("path").put("$gt", behind);
        }
        ArrayNode names = wanted.putArray("$or");
        NAMES.forEach(name -> names.addObject().putObject("name").put("$match", name));
        String fields = JSON.valueToTree(FIELDS).toString();
        String query = "items.find(" + wanted + ").include(" + fields.substring(1, fields.length() - 1)
                + ").sort({\"$asc\": [\"path\", \"name\"]}).offset(" + offset + ").limit(" + pageSize + ")";
        return client.post(
                        "search files of " + repository,
                        client.url("artifactory/api/search/aql").build(),
                        "text/plain",
                        query)
                .object()
                .list("results");
    }

    @Override
    public void close() {
        client.close();
    }
}
