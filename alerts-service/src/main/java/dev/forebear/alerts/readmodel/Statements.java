package dev.forebear.alerts.readmodel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statements of the one connection that writes, each prepared once: a rebuild runs millions of them. Times are bound as
 * milliseconds, flags as 0 and 1, symbols as words. Not thread-safe.
 */
final class Statements implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    /** One row of an answer. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Number of rows changed. */
    int run(String sql, @Nullable Object... arguments) {
        try {
            return bound(sql, arguments).executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    <T> List<T> rows(Row<T> mapper, String sql, @Nullable Object... arguments) {
        try (ResultSet answer = bound(sql, arguments).executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (answer.next()) {
                rows.add(mapper.read(answer));
            }
            return rows;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The first row, or null when there is none. */
    <T> @Nullable T row(Row<T> mapper, String sql, @Nullable Object... arguments) {
        try (ResultSet answer = bound(sql, arguments).executeQuery()) {
            return answer.next() ? mapper.read(answer) : null;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Runs the changes in one transaction; none of them is done when one throws. */
    void transact(Runnable changes) {
        try {
            connection.setAutoCommit(false);
            try {
                changes.run();
                connection.commit();
            } catch (RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed("transaction", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("close", e);
        }
    }

    static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, plain(arguments[i]));
        }
        return statement;
    }

    private static @Nullable Object plain(@Nullable Object argument) {
        return switch (argument) {
            case Instant time -> time.toEpochMilli();
            case Boolean flag -> flag ? 1 : 0;
            case Enum<?> symbol -> Words.of(symbol);
            case null, default -> argument;
        };
    }

    private static ReadModelException failed(String sql, SQLException cause) {
        return new ReadModelException(
                "read model: " + cause.getMessage() + " in: "
                        + sql.strip().lines().findFirst().orElse(""),
                cause);
    }
}
