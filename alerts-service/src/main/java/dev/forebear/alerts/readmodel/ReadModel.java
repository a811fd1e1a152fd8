package dev.forebear.alerts.readmodel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What the topics say, in an SQLite file whose tables {@code schema.sql} describes. Only the {@link TopicFollower}
 * writes; any number of threads read. Thread-safe.
 */
public final class ReadModel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModel.class);
    private static final int READERS = 8;

    private final DatabaseFile file;
    private final Statements statements;
    private final HikariDataSource pool;
    private final Jdbi queries;
    private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();
    private final CurrentReads reads = new CurrentReads();
    private final ConnectedRegistries registries = new ConnectedRegistries();
    private final ProvenDescent descent;

    /** Begins with the clock, so that what a former process called a revision is none of this one's. */
    private final AtomicLong revision = new AtomicLong(System.currentTimeMillis());

    private ReadModel(DatabaseFile file) {
        this.file = file;
        this.statements = new Statements(file.writer());
        this.pool = new HikariDataSource(pool(file));
        this.queries = Jdbi.create(pool);
        this.descent = new ProvenDescent(queries);
    }

    /**
     * Opens the file, or makes it. One that is damaged, of another version or not ours is set aside, and everything
     * comes back from the topics.
     *
     * @throws ReadModelException when another process holds the file, or it cannot be made
     */
    public static ReadModel open(Path file) {
        DatabaseFile opened = DatabaseFile.open(file);
        try {
            return new ReadModel(opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Pooled connections that can only read. */
    public Jdbi queries() {
        return queries;
    }

    /** Grows with every transaction applied, and from one process to the next. */
    public long revision() {
        return revision.get();
    }

    /**
     * The listener gets the names of the topics, without prefix, whose records were just applied. It is called on the
     * follower's thread and must not block.
     */
    public void onChange(Consumer<Set<String>> listener) {
        listeners.add(listener);
    }

    /** What is read now. Kept in memory. */
    public CurrentReads reads() {
        return reads;
    }

    /** How the registries do. Kept in memory. */
    public ConnectedRegistries registries() {
        return registries;
    }

    /** Who descends from whom. Kept in memory once somebody asks. */
    public ProvenDescent descent() {
        return descent;
    }

    /** Closed after the follower. */
    @Override
    public void close() {
        pool.close();
        file.close();
    }

    Path path() {
        return file.path();
    }

    /** The follower's way into the tables. */
    Statements statements() {
        return statements;
    }

    /** Empties every table. */
    void clear() {
        List<String> tables = statements.rows(
                row -> row.getString(1),
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'search_*'"
                        + " AND name NOT GLOB 'sqlite_*'");
        statements.transact(() -> tables.forEach(table -> statements.run("DELETE FROM \"" + table + "\"")));
        descent.forget();
    }

    /** A file that turns out to be damaged is not opened again. */
    void examine(RuntimeException failure) {
        if (failure.getCause() instanceof SQLiteException cause
                && (cause.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT
                        || cause.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB)) {
            file.markDamaged();
        }
    }

    /**
     * A transaction was applied.
     *
     * @param topics names without prefix
     * @param modelVersionIds whose rows it changed
     */
    void changed(Set<String> topics, Collection<String> modelVersionIds) {
        descent.changed(modelVersionIds);
        revision.incrementAndGet();
        tell(topics);
    }

    void tell(Set<String> topics) {
        for (Consumer<Set<String>> listener : listeners) {
            try {
                listener.accept(topics);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("listener of the read model failed");
            }
        }
    }

    private static HikariConfig pool(DatabaseFile file) {
        var config = new HikariConfig();
        config.setPoolName("read-model");
        config.setDataSource(file.readers());
        config.setReadOnly(true);
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        return config;
    }
}
