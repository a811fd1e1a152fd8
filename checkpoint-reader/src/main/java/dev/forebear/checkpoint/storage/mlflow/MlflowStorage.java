package dev.forebear.checkpoint.storage.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.FileNames;
import dev.forebear.checkpoint.storage.ReadMeter;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StorageLocation.ServedArtifacts;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.checkpoint.storage.StoredJson;
import dev.forebear.checkpoint.storage.http.HttpFile;
import dev.forebear.checkpoint.storage.http.HttpRequests;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts below a path that an MLflow server hands out. The server tells the size of a file and nothing else: a
 * change that keeps the size shows only where it sends an ETag. Many servers ignore ranges; such give small files only.
 */
final class MlflowStorage implements Storage {

    private static final int LISTING_LIMIT = 8 << 20;
    private static final int FILES_LIMIT = 10_000;
    private static final int FOLDERS_LIMIT = 200;

    private final ServedArtifacts artifacts;
    private final HttpUrl tracking;
    private final HttpRequests requests;
    private final ReadMeter meter;
    private @Nullable TreeMap<String, Long> sizes;

    MlflowStorage(ServedArtifacts artifacts, HttpUrl tracking, HttpRequests requests, ReadMeter meter) {
        this.artifacts = artifacts;
        this.tracking = tracking;
        this.requests = requests;
        this.meter = meter;
    }

    @Override
    public String location() {
        return artifacts.toString();
    }

    @Override
    public List<StoredFile> list() throws IOException {
        return sizes().entrySet().stream()
                .map(file -> new StoredFile(file.getKey(), file.getValue(), "size-" + file.getValue()))
                .toList();
    }

    @Override
    public ByteSource open(String name) throws IOException {
        FileNames.check(name);
        Long size = sizes().get(name);
        if (size == null) {
            throw new CheckpointException(Reason.MISSING, name, "expected a file in " + location() + ", found none");
        }
        HttpUrl url = tracking.newBuilder()
                .addPathSegments(MlflowServer.API)
                .addPathSegments(path(name))
                .build();
        return new HttpFile(name, url, size, HttpFile.Identity.ANY, requests);
    }

    private String path(String name) {
        return artifacts.path().isEmpty() ? name : name.isEmpty() ? artifacts.path() : artifacts.path() + "/" + name;
    }

    private synchronized TreeMap<String, Long> sizes() throws IOException {
        if (sizes == null) {
            var listing = new Listing();
            listing.walk();
            sizes = listing.files;
        }
        return sizes;
    }

    /** The server lists one folder at a time. */
    private final class Listing {

        private final TreeMap<String, Long> files = new TreeMap<>();
        private final TreeSet<String> folders = new TreeSet<>();
        private int asked;

        void walk() throws IOException {
            folder("");
            for (String next = folders.pollFirst(); next != null; next = folders.pollFirst()) {
                if (++asked > FOLDERS_LIMIT || files.size() > FILES_LIMIT) {
                    throw new CheckpointException(
                            Reason.REFUSED,
                            location(),
                            "expected at most " + FOLDERS_LIMIT + " folders and " + FILES_LIMIT + " files, found more");
                }
                folder(next);
            }
        }

        private void folder(String folder) throws IOException {
            HttpUrl url = tracking.newBuilder()
                    .addPathSegments(MlflowServer.API)
                    .addQueryParameter("path", path(folder))
                    .build();
            var answer = requests.document(location(), url, "application/json", LISTING_LIMIT);
            for (JsonNode entry : StoredJson.parse(location(), answer.bytes()).path("files")) {
                add(folder, entry);
            }
        }

        private void add(String folder, JsonNode entry) throws CheckpointException {
            // Servers give the last part of the name; gateways before them have given all of it.
            String path = entry.path("path").asText();
            String last = path.substring(path.lastIndexOf('/') + 1);
            String name = folder.isEmpty() ? last : folder + "/" + last;
            FileNames.check(name);
            if (entry.path("is_dir").asBoolean()) {
                folders.add(name);
                return;
            }
            JsonNode size = entry.path("file_size");
            // Numbers of 64 bits are texts in some of its answers.
            long bytes = size.isTextual() && size.textValue().matches("\\d{1,18}")
                    ? Long.parseLong(size.textValue())
                    : size.canConvertToLong() ? size.asLong() : -1;
            if (bytes < 0) {
                throw new CheckpointException(
                        Reason.MALFORMED, name, "file_size: expected bytes, found " + size.asText());
            }
            files.put(name, bytes);
        }
    }

    @Override
    public ReadTotals totals() {
        return meter.totals();
    }

    @Override
    public void close() {
        requests.close();
    }
}
