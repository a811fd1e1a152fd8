package dev.forebear.alerts.access;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Claims as providers write them. */
final class Claims {

    private Claims() {}

    /** The claim of that name or, with dots in it, the claim within claims; null when there is none. */
    static @Nullable Object find(Map<String, Object> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        Object value = claims;
        for (String part : name.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return value;
    }

    /** Empty when the claim is no text. */
    static String text(Map<String, Object> claims, String name) {
        return find(claims, name) instanceof String text ? text : "";
    }

    /** One name, or a list of names. */
    static Set<String> texts(Map<String, Object> claims, String name) {
        return switch (find(claims, name)) {
            case String text -> Set.of(text);
            case Iterable<?> list -> textsOf(list);
            case null, default -> Set.of();
        };
    }

    private static Set<String> textsOf(Iterable<?> list) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toSet());
    }
}
