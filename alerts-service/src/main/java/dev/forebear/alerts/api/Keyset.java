package dev.forebear.alerts.api;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A list in SQL, page by page: where a page begins is said by the last item before it, not by a number.
 *
 * @param question what to select from the rows of a page, which stand where {@code %s} does
 * @param chosen what is needed of those rows
 * @param from the rows, of which those of a page are chosen before anything is looked up for them
 * @param counted as many rows as there are items
 */
record Keyset<V>(String question, String chosen, String from, String counted, Order order, Mapper<V> mapper) {

    /** The rows of a table, with what is looked up for each. */
    static <V> Keyset<V> of(String table, String columns, String joins, Order order, Mapper<V> mapper) {
        String question = "SELECT " + columns + "\nFROM (%s) AS " + table + "\n" + joins + "\n" + order.by();
        return new Keyset<>(question, "*", table, table, order, mapper);
    }

    /** The same of a table of wide rows, of which only those of the page are read. */
    static <V> Keyset<V> ofRows(String table, String columns, String joins, Order order, Mapper<V> mapper) {
        String question = "SELECT " + columns + "\nFROM " + table + "\n" + joins + "\nWHERE " + table
                + ".rowid IN (%s)\n" + order.by();
        return new Keyset<>(question, table + ".rowid", table, table, order, mapper);
    }

    /** The rows of a question of its own. */
    static <V> Keyset<V> over(String from, String counted, Order order, Mapper<V> mapper) {
        return new Keyset<>("%s", "*", from, counted, order, mapper);
    }

    /** The same rows, found among those of a question of its own. */
    Keyset<V> among(String rows) {
        return new Keyset<>(question, chosen, rows, rows, order, mapper);
    }

    /** Makes an item of a row. */
    interface Mapper<V> {
        V map(Row row) throws SQLException;
    }

    /** @param conditions makes what the items must fulfil, anew each time */
    Listing<V> page(Handle handle, Supplier<Conditions> conditions, @Nullable Cursor cursor, int limit) {
        return page(handle, conditions.get(), cursor, limit, count(handle, conditions.get()));
    }

    /**
     * A page of items that were counted already.
     *
     * @param ofPage what the items must fulfil; that they come after the cursor is added
     */
    Listing<V> page(Handle handle, Conditions ofPage, @Nullable Cursor cursor, int limit, long counted) {
        order.after(cursor, ofPage);
        String rows = "SELECT " + chosen + "\nFROM " + from + "\n" + ofPage.where() + "\n" + order.by() + "\nLIMIT "
                + (limit + 1);
        List<Keyed<V>> found = handle.createQuery(question.replace("%s", rows))
                .bindMap(ofPage.values())
                .map((set, context) -> keyed(new Row(set)))
                .list();
        List<V> items = found.stream().limit(limit).map(Keyed::item).toList();
        Cursor next =
                found.size() <= limit ? null : order.cursor(found.get(limit - 1).key());
        return Listing.of(items, next, counted);
    }

    /** How many there are, up to one more than is told. */
    long count(Handle handle, Conditions conditions) {
        return handle.createQuery("SELECT count(*) FROM (SELECT 1 FROM " + counted + "\n" + conditions.where()
                        + "\nLIMIT " + (Listing.MAX_COUNTED + 1) + ")")
                .bindMap(conditions.values())
                .mapTo(Long.class)
                .one();
    }

    private Keyed<V> keyed(Row row) throws SQLException {
        List<Object> key = new ArrayList<>();
        for (Order.Key part : order.keys()) {
            String column =
                    part.column().substring(part.column().indexOf('.') + 1).replace("\"", "");
            key.add(part.type() == Long.class ? (Object) row.number(column) : row.text(column));
        }
        return new Keyed<>(mapper.map(row), key);
    }

    private record Keyed<V>(V item, List<Object> key) {}
}
