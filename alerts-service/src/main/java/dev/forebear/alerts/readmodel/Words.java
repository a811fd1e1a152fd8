package dev.forebear.alerts.readmodel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Avro symbols as the tables and the API write them: {@code NOT_ANALYSED} is {@code not-analysed}. */
public final class Words {

    private Words() {}

    public static String of(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Null for null. */
    public static @Nullable String ofNullable(@Nullable Enum<?> symbol) {
        return symbol == null ? null : of(symbol);
    }

    /** @throws IllegalArgumentException when the type has no such symbol */
    public static <E extends Enum<E>> E parse(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
