package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.malformed;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to an object in a bucket.
 *
 * @param name of the event without the prefix {@code s3:}, for example {@code ObjectCreated:Put}
 * @param key of the object, decoded
 * @param objectVersion version of the object, else its entity tag, else an empty text
 * @param sequencer orders events of one key; an empty text when the store has none
 * @param by who did it, or null
 */
record ObjectEvent(
        String name,
        String bucket,
        String key,
        String objectVersion,
        String sequencer,
        @Nullable String by,
        Instant at) {

    /** Others that begin with ObjectCreated change retention, legal hold or tags of an object that was there before. */
    private static final Set<String> WRITES = Set.of(
            "ObjectCreated:Put", "ObjectCreated:Post", "ObjectCreated:Copy", "ObjectCreated:CompleteMultipartUpload");

    private static final int MAX_USER_LENGTH = 256;

    /** A record as S3 and its likes post it: keys are query-escaped, by some including the slashes. */
    static ObjectEvent ofRecord(Payload event, Instant receivedAt) {
        String source = event.text("eventSource");
        if (!source.endsWith(":s3")) {
            throw malformed(event.path() + ".eventSource: expected one that ends in ':s3', found '" + source + "'");
        }
        String name = event.text("eventName");
        Payload object = event.at("s3").at("object");
        return new ObjectEvent(
                name.startsWith("s3:") ? name.substring(3) : name,
                event.at("s3").at("bucket").text("name"),
                decoded(object.text("key")),
                versionOf(object, "versionId", "eTag"),
                orEmpty(object.optionalText("sequencer")),
                bounded(event.at("userIdentity").optionalText("principalId")),
                event.instant("eventTime", receivedAt));
    }

    /** An event as EventBridge passes it on: keys are not escaped. */
    static ObjectEvent ofEventBridge(Payload event, Instant receivedAt) {
        boolean created = event.text("detail-type").equals("Object Created")
                && event.text("source").equals("aws.s3");
        Payload object = event.at("detail").at("object");
        return new ObjectEvent(
                created ? "ObjectCreated:Put" : "Other",
                created ? event.at("detail").at("bucket").text("name") : "",
                created ? object.text("key") : "",
                versionOf(object, "version-id", "etag"),
                orEmpty(object.optionalText("sequencer")),
                bounded(event.at("detail").optionalText("requester")),
                event.instant("time", receivedAt));
    }

    /** Whether the event put bytes where there were none or others. */
    boolean writesObject() {
        return WRITES.contains(name);
    }

    /** The key up to its last slash, without it; empty for an object at the top. */
    String folder() {
        return key.substring(0, Math.max(0, key.lastIndexOf('/')));
    }

    /** The key after its last slash. */
    String fileName() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private static String decoded(String key) {
        try {
            String decoded = URLDecoder.decode(key, StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') < 0) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // Told below, like bytes that are no UTF-8.
        }
        throw malformed("s3.object.key: expected a query-escaped key in UTF-8, found '" + key + "'");
    }

    private static String versionOf(Payload object, String version, String entityTag) {
        String versionId = object.optionalText(version);
        // "null" is what S3 calls the version of an object that was written without versioning.
        return versionId == null || versionId.equals("null") ? orEmpty(object.optionalText(entityTag)) : versionId;
    }

    private static @Nullable String bounded(@Nullable String user) {
        return user == null ? null : user.substring(0, Math.min(user.length(), MAX_USER_LENGTH));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
