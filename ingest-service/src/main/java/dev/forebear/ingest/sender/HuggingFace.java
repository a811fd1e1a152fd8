package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.registration.BucketLayout;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ObjectChangeKind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks of the Hugging Face Hub, version 3. The secret comes verbatim in {@code X-Webhook-Secret}; there is no
 * signature, no delivery id and no time. A scope that is not known counts as an update on the broader one. A repository
 * keeps its id when it moves; its former name is not told.
 */
record HuggingFace(Registration registration) implements Sender {

    @Override
    public Outcome receive(Webhook webhook) {
        return new SharedSecret("X-Webhook-Secret", registration.proof().secrets())
                .checkOrQuery(webhook)
                .then(() -> read(Payload.parse(webhook.body()), webhook));
    }

    private Outcome read(Payload body, Webhook webhook) {
        String scope = body.at("event").text("scope");
        String action = body.at("event").text("action");
        Payload repository = body.at("repo");
        String type = repository.text("type");
        return switch (type) {
            case "model" ->
                isWithin(scope, "repo.content") ? content(body, webhook) : repository(scope, action, body, webhook);
            case "bucket" -> bucket(body, repository, webhook);
            default -> new Outcome.Ignored("not-a-model");
        };
    }

    private Outcome repository(String scope, String action, Payload body, Webhook webhook) {
        Payload repository = body.at("repo");
        if (isWithin(scope, "repo.config")) {
            return body.at("updatedConfig").has("private")
                    ? changed(ModelChangeKind.VISIBILITY_CHANGED, repository, webhook)
                    : new Outcome.Ignored("other-setting");
        }
        if (!scope.equals("repo")) {
            return new Outcome.Ignored("not-content");
        }
        return switch (action) {
            case "create" -> created(repository, webhook);
            case "delete" -> changed(ModelChangeKind.DELETED, repository, webhook);
            case "move" -> changed(ModelChangeKind.MOVED, repository, webhook);
            default -> new Outcome.Ignored("repository-changed");
        };
    }

    // There is no delivery id. What is changed back and again must not be taken for what was said before; only a
    // deletion is final.
    private Outcome changed(ModelChangeKind kind, Payload repository, Webhook webhook) {
        String stableId = repository.text("id");
        String name = Announced.name(registration, repository.text("name"));
        String visibility = visibility(repository);
        String eventId = EventId.of(
                registration,
                stableId,
                kind.name().toLowerCase(Locale.ROOT),
                name,
                kind == ModelChangeKind.DELETED ? "" : webhook.receivedAt().toString());
        return Outcome.Accepted.of(ModelChange.of(eventId, registration.alias(), name, null, kind, webhook.receivedAt())
                .knownAs(stableId, visibility));
    }

    private static @Nullable String visibility(Payload repository) {
        return repository.has("private") ? repository.flag("private") ? "private" : "public" : null;
    }

    private Outcome created(Payload repository, Webhook webhook) {
        if (!repository.has("headSha")) {
            return new Outcome.Ignored("empty-repository");
        }
        return Outcome.Accepted.of(upload(repository, "repo", repository.text("headSha"), "", webhook));
    }

    private Outcome content(Payload body, Webhook webhook) {
        Set<String> revisions = new HashSet<>();
        return Outcome.ofEach(body.list("updatedRefs"), change -> {
            String ref = change.text("ref");
            if (!ref.startsWith("refs/heads/") && !ref.startsWith("refs/tags/")) {
                return new Outcome.Ignored("not-released");
            }
            if (!change.has("newSha")) {
                return new Outcome.Ignored("ref-deleted");
            }
            String revision = change.text("newSha");
            return revisions.add(revision)
                    ? Outcome.Accepted.of(upload(body.at("repo"), "repo.content", revision, ref, webhook))
                    : new Outcome.Ignored("same-revision");
        });
    }

    // By the new revision, not by headSha, which may be later already.
    private ModelUpload upload(Payload repository, String scope, String revision, String ref, Webhook webhook) {
        String name = repository.text("name");
        ModelVersionId id = Announced.id(registration, name, revision);
        String location = Announced.location(registration, id, "hf://" + name + "@" + revision);
        String eventId = EventId.of(registration, repository.text("id"), scope, ref, revision);
        return ModelUpload.of(eventId, id, location, webhook.receivedAt())
                .knownAs(repository.text("id"), visibility(repository));
    }

    // Where the operator says where a bucket's files can be read; the worker does not read buckets of the Hub.
    private Outcome bucket(Payload body, Payload repository, Webhook webhook) {
        List<Payload> files = body.list("updatedFiles").stream()
                .filter(file -> ModelFile.isOne(file.text("path")))
                .toList();
        if (files.isEmpty() && !body.has("updatedFilesTruncated")) {
            return new Outcome.Ignored("bucket-without-weights");
        }
        if (registration.where().location() == null || files.isEmpty()) {
            return new Outcome.PutAside(
                    DeadLetterReason.UNSUPPORTED,
                    "bucket " + repository.text("name")
                            + ": expected a location where its files can be read, found weights in a bucket of the"
                            + " Hub");
        }
        return Outcome.ofEach(files, file -> Outcome.Accepted.of(object(file, repository, webhook)));
    }

    private ObjectChange object(Payload file, Payload repository, Webhook webhook) {
        String path = file.text("path");
        BucketLayout.Placed placed = Announced.place(registration, path);
        String hash = file.optionalText("xetHash");
        boolean written = file.text("action").equals("add");
        return new ObjectChange(
                // The same bytes may come again after others: nothing but the time tells.
                EventId.of(
                        registration,
                        repository.text("id"),
                        path,
                        webhook.receivedAt().toString()),
                registration.alias(),
                Announced.folder(registration, null, placed),
                placed.path(),
                placed.name(),
                placed.version(),
                written ? ObjectChangeKind.WRITTEN : ObjectChangeKind.REMOVED,
                hash,
                null,
                file.optionalNumber("size"),
                null,
                webhook.receivedAt(),
                null);
    }

    private static boolean isWithin(String scope, String broader) {
        return scope.equals(broader) || scope.startsWith(broader + ".");
    }
}
