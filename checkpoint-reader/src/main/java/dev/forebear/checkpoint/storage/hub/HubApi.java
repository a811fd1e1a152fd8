package dev.forebear.checkpoint.storage.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import dev.forebear.checkpoint.storage.FileNames;
import dev.forebear.checkpoint.storage.StorageLocation.HubModel;
import dev.forebear.checkpoint.storage.StoredJson;
import dev.forebear.checkpoint.storage.http.HttpRequests;
import java.io.IOException;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The questions that are asked of a hub: which commit, which files, at which address. */
final class HubApi {

    private static final int DOCUMENT_LIMIT = 16 << 20;
    private static final int FILES_LIMIT = 100_000;
    private static final int PAGES_LIMIT = 1_000;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");
    private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^,]*\\brel=\"?next\"?");

    private final HttpUrl endpoint;
    private final HubModel model;
    private final HttpRequests requests;

    HubApi(HttpUrl endpoint, HubModel model, HttpRequests requests) {
        this.endpoint = endpoint;
        this.model = model;
        this.requests = requests;
    }

    /** A file of a commit. */
    record Entry(long size, Digest digest) {}

    /** The files of a repository at one commit, by path. */
    record Commit(String sha, TreeMap<String, Entry> files) {}

    Commit commit() throws IOException {
        HttpUrl info = url().addPathSegments("api/models")
                .addPathSegments(model.id())
                .addPathSegment("revision")
                .addPathSegment(model.revision())
                .build();
        String name = model.toString();
        var answer = requests.document(name, info, "application/json", DOCUMENT_LIMIT);
        String sha = StoredJson.parse(name, answer.bytes()).path("sha").asText();
        if (!COMMIT.matcher(sha).matches()) {
            throw new CheckpointException(Reason.MALFORMED, name, "sha: expected a commit, found '" + sha + "'");
        }
        return new Commit(sha, files(sha));
    }

    HttpUrl file(String sha, String path) {
        return url().addPathSegments(model.id())
                .addPathSegment("resolve")
                .addPathSegment(sha)
                .addPathSegments(path)
                .build();
    }

    private HttpUrl.Builder url() {
        return endpoint.newBuilder();
    }

    private TreeMap<String, Entry> files(String sha) throws IOException {
        var files = new TreeMap<String, Entry>();
        HttpUrl page = url().addPathSegments("api/models")
                .addPathSegments(model.id())
                .addPathSegment("tree")
                .addPathSegment(sha)
                .addQueryParameter("recursive", "true")
                .build();
        for (int pages = 0; page != null; pages++) {
            if (pages == PAGES_LIMIT || files.size() > FILES_LIMIT) {
                throw new CheckpointException(
                        Reason.REFUSED, model.toString(), "expected at most " + FILES_LIMIT + " files, found more");
            }
            var answer = requests.document(model.toString(), page, "application/json", DOCUMENT_LIMIT);
            for (JsonNode entry : StoredJson.array(model.toString(), answer.bytes())) {
                if (entry.path("type").asText().equals("file")) {
                    add(files, entry);
                }
            }
            page = next(page, answer);
        }
        return files;
    }

    private void add(TreeMap<String, Entry> files, JsonNode entry) throws CheckpointException {
        String path = entry.path("path").asText();
        FileNames.check(path);
        JsonNode large = entry.path("lfs");
        JsonNode size = large.isObject() ? large.path("size") : entry.path("size");
        if (!size.canConvertToLong() || size.asLong() < 0) {
            throw new CheckpointException(Reason.MALFORMED, path, "size: expected bytes, found " + size.asText());
        }
        if (files.put(path, new Entry(size.asLong(), digest(path, entry, large))) != null) {
            throw new CheckpointException(Reason.MALFORMED, path, "expected it listed once, found it twice");
        }
    }

    private static Digest digest(String path, JsonNode entry, JsonNode large) throws CheckpointException {
        try {
            return large.isObject()
                    ? new Digest(Algorithm.SHA256, large.path("oid").asText().replaceFirst("^sha256:", ""))
                    : new Digest(Algorithm.GIT_BLOB, entry.path("oid").asText());
        } catch (IllegalArgumentException noDigest) {
            throw new CheckpointException(Reason.MALFORMED, path, "oid: " + noDigest.getMessage());
        }
    }

    /** The page that {@code Link} names (RFC 8288), which must be of the same server. */
    private @Nullable HttpUrl next(HttpUrl page, HttpRequests.Document answer) throws CheckpointException {
        for (String header : answer.headers().values("Link")) {
            Matcher link = NEXT.matcher(header);
            if (link.find()) {
                HttpUrl next = page.resolve(link.group(1));
                if (next == null || !requests.isOwn(next)) {
                    throw new CheckpointException(
                            Reason.REFUSED,
                            model.toString(),
                            "expected the next page at " + endpoint.host() + ", found it elsewhere");
                }
                return next;
            }
        }
        return null;
    }
}
