package dev.forebear.alerts.api;

import io.javalin.http.BadRequestResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a list is sorted. The last column tells items apart, so that a page goes on exactly after the one before,
 * whatever has arrived meanwhile.
 *
 * @param list name of the list and of this order
 */
record Order(String list, List<Key> keys) {

    /**
     * A column to sort by; never null in any row.
     *
     * @param type {@link Long} or {@link String}
     */
    record Key(String column, Class<?> type, boolean descending) {}

    Order {
        keys = List.copyOf(keys);
    }

    static Order of(String list, Key... keys) {
        return new Order(list, List.of(keys));
    }

    static Key latest(String column) {
        return new Key(column, Long.class, true);
    }

    static Key smallest(String column) {
        return new Key(column, Long.class, false);
    }

    static Key text(String column) {
        return new Key(column, String.class, false);
    }

    String by() {
        return keys.stream()
                .map(key -> key.column + (key.descending ? " DESC" : ""))
                .collect(Collectors.joining(", ", "ORDER BY ", ""));
    }

    /** Where the list goes on; null at its beginning. */
    @Nullable
    Cursor cursor(Parameters parameters) {
        String text = parameters.text("cursor", Cursor.MAX_LENGTH);
        if (text == null) {
            return null;
        }
        Cursor cursor = Cursor.parse(text);
        if (cursor == null || !isMine(cursor)) {
            throw new BadRequestResponse("cursor: expected 'next' of an earlier answer to the same question, found "
                    + Parameters.quoted(text));
        }
        return cursor;
    }

    Cursor cursor(List<Object> values) {
        return new Cursor(list, values);
    }

    /**
     * Adds that rows come after the cursor: {@code a < :a OR (a = :a AND (b > :b OR …))}, said in a way that lets an
     * index begin where the page does.
     */
    void after(@Nullable Cursor cursor, Conditions conditions) {
        if (cursor == null) {
            return;
        }
        List<String> names = cursor.values().stream().map(conditions::bind).toList();
        Key first = keys.getFirst();
        conditions.and(first.column + (first.descending ? " <= :" : " >= :") + names.getFirst());
        conditions.and(IntStream.range(0, keys.size())
                .mapToObj(i -> beyond(i, names))
                .collect(Collectors.joining(" OR ", "(", ")")));
    }

    private String beyond(int last, List<String> names) {
        String equal = IntStream.range(0, last)
                .mapToObj(i -> keys.get(i).column + " = :" + names.get(i) + " AND ")
                .collect(Collectors.joining());
        Key key = keys.get(last);
        return "(" + equal + key.column + (key.descending ? " < :" : " > :") + names.get(last) + ")";
    }

    private boolean isMine(Cursor cursor) {
        return cursor.list().equals(list)
                && cursor.values().size() == keys.size()
                && IntStream.range(0, keys.size())
                        .allMatch(
                                i -> keys.get(i).type.isInstance(cursor.values().get(i)));
    }
}
