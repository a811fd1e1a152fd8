package dev.forebear.checkpoint.storage.oci;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Backoff;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import dev.forebear.checkpoint.storage.ReadMeter;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.StorageLocation.RegistryImage;
import dev.forebear.checkpoint.storage.VerifiedSource;
import dev.forebear.checkpoint.storage.http.HttpFile;
import dev.forebear.checkpoint.storage.http.HttpRequests;
import dev.forebear.checkpoint.storage.http.Meaning;
import java.io.IOException;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** A repository of an OCI registry (distribution specification 1.1). */
final class RegistryBlobs implements Blobs {

    private static final String CONTENT_DIGEST = "Docker-Content-Digest";
    private static final String MANIFESTS = "application/vnd.oci.image.manifest.v1+json, "
            + "application/vnd.oci.image.index.v1+json, "
            + "application/vnd.docker.distribution.manifest.v2+json, "
            + "application/vnd.docker.distribution.manifest.list.v2+json";

    private final RegistryImage image;
    private final HttpUrl repository;
    private final HttpRequests requests;
    private final ReadMeter meter = new ReadMeter();

    RegistryBlobs(OciAccess access, RegistryImage image, Backoff backoff) {
        this.image = image;
        String host = host(image.registry());
        HttpUrl endpoint = HttpUrl.get((access.isPlain(host) ? "http://" : "https://") + host + "/");
        this.repository = endpoint.newBuilder()
                .addPathSegment("v2")
                .addPathSegments(image.repository())
                .build();
        this.requests = new HttpRequests(
                image.toString(),
                endpoint,
                new RegistryLogin(image, access.account(image.registry())),
                Meaning::standard,
                backoff,
                meter);
    }

    /** The one registry whose API is not at its name. */
    private static String host(String registry) {
        return registry.equals("docker.io") || registry.equals("index.docker.io") ? "registry-1.docker.io" : registry;
    }

    @Override
    public String location() {
        return image.toString();
    }

    @Override
    public byte[] root() throws IOException {
        var answer = manifest(image.reference());
        Digest digest;
        try {
            digest = image.reference().contains(":")
                    ? Digest.parse(image.reference())
                    : Digest.parse(String.valueOf(answer.headers().get(CONTENT_DIGEST)));
        } catch (IllegalArgumentException notTold) {
            return answer.bytes();
        }
        return verified(digest, answer.bytes());
    }

    @Override
    public byte[] manifest(Descriptor descriptor) throws IOException {
        return verified(
                descriptor.digest(), manifest(descriptor.digest().toString()).bytes());
    }

    private HttpRequests.Document manifest(String reference) throws IOException {
        HttpUrl url = repository
                .newBuilder()
                .addPathSegment("manifests")
                .addPathSegment(reference)
                .build();
        return requests.document(location(), url, MANIFESTS, DOCUMENT_LIMIT);
    }

    private byte[] verified(Digest digest, byte[] content) throws CheckpointException {
        if (!digest.matches(content)) {
            throw new CheckpointException(
                    Reason.CHANGED,
                    location(),
                    "manifest: expected " + digest + ", found " + Digest.of(Algorithm.SHA256, content));
        }
        return content;
    }

    @Override
    public ByteSource open(Descriptor blob) {
        String digest = blob.digest().toString();
        HttpUrl url = repository
                .newBuilder()
                .addPathSegment("blobs")
                .addPathSegment(digest)
                .build();
        return new VerifiedSource(
                new HttpFile(digest, url, blob.size(), (name, headers) -> check(digest, headers), requests),
                blob.digest());
    }

    private static void check(String digest, Headers headers) throws CheckpointException {
        String found = headers.get(CONTENT_DIGEST);
        if (found != null && !found.equals(digest)) {
            throw new CheckpointException(
                    Reason.CHANGED, digest, CONTENT_DIGEST + ": expected what was asked for, found " + found);
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
