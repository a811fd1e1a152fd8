package dev.forebear.alerts.readmodel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The file of the read model, held by one process. A file that is damaged, of another schema or not ours is set aside:
 * everything in it comes back from the topics. For the same reason a commit need not wait for the disk.
 */
final class DatabaseFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFile.class);

    /** "Fbrm" in ASCII, in the header of the file. */
    private static final int APPLICATION_ID = 0x4662726d;

    /** Grows when the same schema is filled otherwise. */
    private static final int FILLING = 1;

    private static final int BUSY_TIMEOUT_MILLIS = 10_000;
    private static final int WRITER_CACHE_KIBIBYTES = 32 << 10;

    /** Readers see the file through the mapping. */
    private static final int READER_CACHE_KIBIBYTES = 4 << 10;

    private static final long MAPPED_BYTES = 1L << 30;
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

    private final Path path;
    private final FileChannel channel;
    private final Connection writer;

    private DatabaseFile(Path path, FileChannel channel, Connection writer) {
        this.path = path;
        this.channel = channel;
        this.writer = writer;
    }

    /** @throws ReadModelException when another process holds the file, or the folder cannot be written */
    static DatabaseFile open(Path file) {
        Path path = file.toAbsolutePath().normalize();
        FileChannel channel = lock(path);
        try {
            String problem = Files.exists(path) ? problem(path) : "";
            if (problem != null) {
                setAside(path, problem);
            }
            return new DatabaseFile(path, channel, problem == null ? connect(path) : create(path));
        } catch (IOException | SQLException | UncheckedIOException e) {
            closeQuietly(channel);
            throw new ReadModelException(path + ": cannot be opened: " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    /** The only connection that writes. */
    Connection writer() {
        return writer;
    }

    /** Connections that may only read. */
    DataSource readers() {
        var source = new SQLiteDataSource(config(true));
        source.setUrl(url(path));
        return source;
    }

    /** Sees to it that the next start sets the file aside. */
    void markDamaged() {
        try {
            Files.writeString(damageMark(path), "");
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("cause", e).log("damaged read model not marked");
        }
    }

    @Override
    public void close() {
        try (channel) {
            writer.close();
        } catch (SQLException | IOException e) {
            throw new ReadModelException(path + ": cannot be closed: " + e.getMessage(), e);
        }
    }

    // SQLite's own locks are the process's: closing any descriptor of the file would give them up. Hence another file.
    private static FileChannel lock(Path path) {
        Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
        FileChannel channel = null;
        try {
            Files.createDirectories(lockFile.getParent());
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
            throw new ReadModelException(path + ": already open in this process", e);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new ReadModelException(path + ": cannot be opened: " + e, e);
        }
        closeQuietly(channel);
        throw new ReadModelException(
                path + ": another process holds it; give every alerts service a state folder of its own", null);
    }

    /** Why the file cannot be gone on with; null when it can. */
    private static @Nullable String problem(Path path) {
        if (Files.exists(damageMark(path))) {
            return "it is damaged";
        }
        boolean closedCleanly = !Files.exists(path.resolveSibling(path.getFileName() + "-wal"));
        try (Connection connection = connect(path)) {
            if (pragma(connection, "application_id") != APPLICATION_ID) {
                return "it is no read model of Forebear";
            }
            if (pragma(connection, "user_version") != version()) {
                return "it was written by another version";
            }
            return closedCleanly || isSound(connection) ? null : "it is damaged";
        } catch (SQLException e) {
            return "it is damaged (" + e.getMessage() + ")";
        }
    }

    private static Path damageMark(Path path) {
        return path.resolveSibling(path.getFileName() + ".damaged");
    }

    private static boolean isSound(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            return row.next() && "ok".equals(row.getString(1));
        }
    }

    private static void setAside(Path path, String problem) throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".aside");
        for (String suffix : SUFFIXES) {
            Path part = path.resolveSibling(path.getFileName() + suffix);
            if (Files.exists(part)) {
                Path target = aside.resolveSibling(aside.getFileName() + suffix);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(damageMark(path));
        if (!problem.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("problem", problem)
                    .addKeyValue("kept", aside)
                    .log("read model set aside; it is rebuilt from the topics");
        }
    }

    private static Connection create(Path path) throws SQLException, IOException {
        Connection connection = connect(path);
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate(schema());
            statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
            statement.executeUpdate("PRAGMA user_version = " + version());
            connection.commit();
            connection.setAutoCommit(true);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection connect(Path path) throws SQLException {
        NativeLibrary.prepare();
        return config(false).createConnection(url(path));
    }

    private static SQLiteConfig config(boolean readOnly) {
        var config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        if (!readOnly) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        }
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-(readOnly ? READER_CACHE_KIBIBYTES : WRITER_CACHE_KIBIBYTES));
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, Long.toString(MAPPED_BYTES));
        config.setGetGeneratedKeys(false);
        return config;
    }

    private static String url(Path path) {
        return "jdbc:sqlite:" + path;
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getInt(1);
        }
    }

    /** Another number for every schema and every way to fill it. */
    private static int version() {
        var sum = new CRC32();
        sum.update(schema().getBytes(StandardCharsets.UTF_8));
        sum.update(FILLING);
        return (int) sum.getValue();
    }

    private static String schema() {
        try (InputStream text = DatabaseFile.class.getResourceAsStream("schema.sql")) {
            if (text == null) {
                throw new IllegalStateException("schema.sql is not in the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("lock file not closed");
        }
    }
}
