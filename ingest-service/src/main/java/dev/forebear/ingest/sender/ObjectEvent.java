package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.malformed;

import dev.forebear.schemas.wire.ObjectChangeKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to an object in a bucket.
 *
 * @param name of the event without the prefix {@code s3:}, for example {@code ObjectCreated:Put}
 * @param key of the object, decoded
 * @param objectVersion version of the object, else its entity tag, else an empty text
 * @param entityTag changes with the content, and is what a listing tells, too; null where it is not told
 * @param size in bytes; null where it is not told
 * @param sequencer orders events of one key; an empty text when the store has none
 * @param by who did it, or null
 */
record ObjectEvent(
        String name,
        String bucket,
        String key,
        String objectVersion,
        @Nullable String entityTag,
        @Nullable Long size,
        String sequencer,
        @Nullable String by,
        Instant at) {

    /** Others that begin with ObjectCreated change retention, legal hold or tags of an object that was there before. */
    private static final Set<String> WRITES = Set.of(
            "ObjectCreated:Put", "ObjectCreated:Post", "ObjectCreated:Copy", "ObjectCreated:CompleteMultipartUpload");

    private static final String OTHER = "Other";

    /** What EventBridge calls them. */
    private static final Map<String, String> BRIDGED =
            Map.of("Object Created", "ObjectCreated:Put", "Object Deleted", "ObjectRemoved:Delete");

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
                object.optionalText("eTag"),
                object.optionalNumber("size"),
                orEmpty(object.optionalText("sequencer")),
                bounded(event.at("userIdentity").optionalText("principalId")),
                event.instant("eventTime", receivedAt));
    }

    /** An event as EventBridge passes it on: keys are not escaped. */
    static ObjectEvent ofEventBridge(Payload event, Instant receivedAt) {
        String name =
                event.text("source").equals("aws.s3") ? BRIDGED.getOrDefault(event.text("detail-type"), OTHER) : OTHER;
        boolean other = name.equals(OTHER);
        Payload object = event.at("detail").at("object");
        return new ObjectEvent(
                name,
                other ? "" : event.at("detail").at("bucket").text("name"),
                other ? "" : object.text("key"),
                versionOf(object, "version-id", "etag"),
                object.optionalText("etag"),
                object.optionalNumber("size"),
                orEmpty(object.optionalText("sequencer")),
                bounded(event.at("detail").optionalText("requester")),
                event.instant("time", receivedAt));
    }

    /** Whether the event put bytes where there were none or others, took them away, or did something else. */
    ObjectChangeKind kind() {
        if (WRITES.contains(name)) {
            return ObjectChangeKind.WRITTEN;
        }
        return name.startsWith("ObjectRemoved:") || name.startsWith("LifecycleExpiration:")
                ? ObjectChangeKind.REMOVED
                : ObjectChangeKind.OTHER;
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
