package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.malformed;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.JsonMapping;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload of which a body tells, where the operator says what stands where in it.
 *
 * @param body an announcement, or an entry of the registry's list
 */
public record MappedUpload(Registration registration, JsonMapping mapping, MappedBody body) {

    /** Where the body says that the weights lie; null when it does not. */
    @Nullable
    String location() {
        return body.text(mapping.location());
    }

    /** The identity of the version; throws {@link NotUnderstoodException} when it is not told. */
    public ModelVersionId id() {
        return Announced.id(registration, needed(mapping.model()), needed(mapping.version()));
    }

    /**
     * The upload; throws {@link NotUnderstoodException} when it cannot be used.
     *
     * @param id of the version
     * @param otherwise when it happened, where that is not told
     */
    public ModelUpload upload(ModelVersionId id, Instant otherwise) {
        String event = body.text(mapping.event());
        String time = body.text(mapping.time());
        List<String> bases = body.texts(mapping.bases());
        return ModelUpload.of(
                        event == null
                                ? EventId.of(registration, id.name(), id.version(), time == null ? "" : time)
                                : EventId.of(registration, event),
                        id,
                        Announced.location(registration, id, location()),
                        time == null ? otherwise : Payload.instant(mapping.time(), time))
                .declaring(Announced.bases(id, bases, "webhook"))
                .by(body.text(mapping.uploader()));
    }

    private String needed(String path) {
        String text = body.text(path);
        if (text == null) {
            throw malformed(path + ": expected a text, found nothing");
        }
        return text;
    }
}
