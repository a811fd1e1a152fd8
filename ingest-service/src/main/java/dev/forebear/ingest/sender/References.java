package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.Content;
import dev.forebear.ingest.announcement.Digests;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an event tells of the parts of a manifest, if the registry is configured to tell it. */
record References(List<Payload> descriptors) {

    /** Whether they are those of a model; where nothing is told they may be. */
    boolean mayBeOfModel() {
        return descriptors.isEmpty()
                || descriptors.stream()
                        .map(descriptor -> descriptor.optionalText("mediaType"))
                        .anyMatch(ModelLayer::isOfModel);
    }

    /** The digests that are told of files, and the tag of all of them. */
    Content content(@Nullable String tag) {
        var digests = new Digests();
        for (Payload layer : descriptors) {
            if (ModelLayer.isFile(layer)) {
                digests.add(ModelLayer.path(layer), layer.optionalText("digest"), layer.optionalNumber("size"));
            }
        }
        return digests.content(tag);
    }
}
