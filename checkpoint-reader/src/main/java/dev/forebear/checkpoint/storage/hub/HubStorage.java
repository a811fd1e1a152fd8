package dev.forebear.checkpoint.storage.hub;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Backoff;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.FileNames;
import dev.forebear.checkpoint.storage.ReadMeter;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StorageLocation.HubModel;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.checkpoint.storage.VerifiedSource;
import dev.forebear.checkpoint.storage.http.HttpFile;
import dev.forebear.checkpoint.storage.http.HttpRequests;
import dev.forebear.checkpoint.storage.http.Login;
import dev.forebear.checkpoint.storage.http.ServerAddress;
import java.io.IOException;
import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The files of a hub's repository, or of one folder in it, at the commit that the revision was when the first of them
 * was asked for. Files are opened without a request. Safe for use by several threads.
 */
public final class HubStorage implements Storage {

    private final HubModel model;
    private final HubApi api;
    private final HttpRequests requests;
    private final ReadMeter meter = new ReadMeter();
    private HubApi.@Nullable Commit commit;

    public HubStorage(HubAccess access, HubModel model) {
        this(access, model, Backoff.DEFAULT);
    }

    HubStorage(HubAccess access, HubModel model, Backoff backoff) {
        HttpUrl endpoint = ServerAddress.url(access.endpoint());
        this.model = model;
        this.requests = new HttpRequests(
                model.toString(),
                endpoint,
                Login.of(access.token()),
                new HubErrors(model.toString(), access),
                backoff,
                meter);
        this.api = new HubApi(endpoint, model, requests);
    }

    @Override
    public String location() {
        return model.toString();
    }

    @Override
    public List<StoredFile> list() throws IOException {
        String folder = folder();
        return commit().files().entrySet().stream()
                .filter(file -> file.getKey().startsWith(folder))
                .map(file -> new StoredFile(
                        file.getKey().substring(folder.length()),
                        file.getValue().size(),
                        file.getValue().digest().hex(),
                        file.getValue().digest().sha256()))
                .toList();
    }

    @Override
    public ByteSource open(String name) throws IOException {
        FileNames.check(name);
        HubApi.Commit at = commit();
        HubApi.Entry entry = at.files().get(folder() + name);
        if (entry == null) {
            throw new CheckpointException(Reason.MISSING, name, "expected a file in " + location() + ", found none");
        }
        var file = new HttpFile(
                name,
                api.file(at.sha(), folder() + name),
                entry.size(),
                (named, headers) -> check(named, entry, at.sha(), headers),
                requests);
        return new VerifiedSource(file, entry.digest());
    }

    /** The hub says with every answer, redirects included, which file of which commit it is about. */
    private static void check(String name, HubApi.Entry entry, String sha, Headers headers) throws CheckpointException {
        expect(name, "X-Repo-Commit", headers, sha);
        expect(name, "X-Linked-Size", headers, Long.toString(entry.size()));
        expect(name, "X-Linked-ETag", headers, entry.digest().hex());
    }

    private static void expect(String name, String header, Headers headers, String expected)
            throws CheckpointException {
        String found = headers.get(header);
        if (found != null && !HttpFile.plainEtag(found).equals(expected)) {
            throw new CheckpointException(
                    Reason.CHANGED,
                    name,
                    "changed while it was read: " + header + ": expected " + expected + ", found " + found);
        }
    }

    private String folder() {
        return model.path().isEmpty() ? "" : model.path() + "/";
    }

    private synchronized HubApi.Commit commit() throws IOException {
        if (commit == null) {
            commit = api.commit();
        }
        return commit;
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
