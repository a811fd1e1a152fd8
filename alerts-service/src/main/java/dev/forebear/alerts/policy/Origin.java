package dev.forebear.alerts.policy;

import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from, as far as its name tells.
 *
 * @param family of models that its makers published together, for example {@code Llama}; null when not known
 * @param publisher who published it: of a known family its maker, else the organisation in the name; null when the name
 *     has none
 * @param country of the publisher, by ISO 3166-1 alpha-2; null when not publicly certain
 */
public record Origin(
        @Nullable String family,
        @Nullable String publisher,
        @Nullable String country) {

    /** The organisation in the name, when it has one. */
    static Origin byName(String name) {
        int slash = name.indexOf('/');
        return new Origin(null, slash < 1 ? null : name.substring(0, slash), null);
    }
}
