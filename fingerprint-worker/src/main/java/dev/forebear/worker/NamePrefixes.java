package dev.forebear.worker;

import java.util.Set;

/**
 * Names with slashes between their parts, each of which stands for itself and for everything below.
 *
 * @param prefixes such as {@code org}, {@code org/name} or {@code registry.example.com/models}
 */
public record NamePrefixes(Set<String> prefixes) {

    /** No name at all. */
    public static final NamePrefixes NONE = new NamePrefixes(Set.of());

    public NamePrefixes {
        prefixes = Set.copyOf(prefixes);
    }

    boolean isEmpty() {
        return prefixes.isEmpty();
    }

    boolean hold(String name) {
        return prefixes.stream().anyMatch(prefix -> (name + "/").startsWith(prefix.replaceAll("/+$", "") + "/"));
    }
}
