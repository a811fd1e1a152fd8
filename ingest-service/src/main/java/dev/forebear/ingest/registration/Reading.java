package dev.forebear.ingest.registration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a registry's announcements are understood.
 *
 * @param type exact type of events that announce an upload; null for any that ends in {@code model.version.created};
 *     only read for kind {@code cloud-events}
 * @param declaringTags names of the tags, or metadata, in which the registry's users declare bases
 * @param mapping where a body holds what; only read for kind {@code json}
 */
public record Reading(@Nullable String type, List<String> declaringTags, JsonMapping mapping) {

    /** What people call it at the Hub, and therefore elsewhere. */
    public static final List<String> USUAL_TAGS = List.of("base_model");

    /** Every format as it is, bases declared in {@code base_model}. */
    public static final Reading USUAL = new Reading(null, USUAL_TAGS, JsonMapping.PLAIN);

    public Reading {
        declaringTags = List.copyOf(declaringTags);
    }
}
