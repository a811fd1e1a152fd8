package dev.forebear.alerts.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {

    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    @Test
    void keepsWhatWasWritten() {
        fill();
        assertThat(policies()).containsExactly("p1");
    }

    @Test
    void setsAsideAFileThatIsNoDatabase() throws Exception {
        Files.writeString(file(), "Dear diary, today I am quite certainly not a database of any kind.".repeat(99));
        assertThat(policies()).isEmpty();
        assertThat(aside()).content().startsWith("Dear diary");
    }

    @Test
    void setsAsideADatabaseOfSomebodyElse() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE policy_version (version TEXT)");
        }
        assertThat(policies()).isEmpty();
        assertThat(aside()).exists();
    }

    @Test
    void setsAsideWhatAnotherVersionWrote() throws Exception {
        fill();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 4711");
        }
        assertThat(policies()).isEmpty();
        assertThat(aside()).exists();
    }

    @Test
    void setsAsideAFileThatWasDamagedWhenAProcessDied() throws Exception {
        fill();
        Files.writeString(folder.resolve("alerts.db-wal"), "");
        overwrite(2, Files.size(file()) / PAGE);
        assertThat(policies()).isEmpty();
        assertThat(aside()).exists();
    }

    @Test
    void setsAsideAFileThatTurnedOutToBeDamagedWhileItWasUsed() throws Exception {
        fill();
        overwriteTable("policy_application");
        try (var model = ReadModel.open(file())) {
            assertThatThrownBy(() -> model.statements().transact(() -> {
                        try {
                            model.statements().run("UPDATE policy_application SET notify = 1");
                        } catch (RuntimeException e) {
                            model.examine(e);
                            throw e;
                        }
                    }))
                    .hasMessageContaining("malformed");
        }
        assertThat(policies()).isEmpty();
        assertThat(aside()).exists();
    }

    @Test
    void namesTheFileThatIsOpenAlready() {
        try (var model = ReadModel.open(file())) {
            assertThatThrownBy(() -> ReadModel.open(file()))
                    .isInstanceOf(ReadModelException.class)
                    .hasMessageContaining(file() + ": already open");
            assertThat(model.queries()).isNotNull();
        }
    }

    @Test
    void namesTheFileThatAnotherProcessHolds() throws Exception {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file().toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(() -> ReadModel.open(file()))
                    .isInstanceOf(ReadModelException.class)
                    .hasMessageContaining(file() + ": another process holds it");
        } finally {
            holder.destroy();
            holder.waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(policies()).isEmpty();
    }

    @Test
    void unpacksItsLibraryWhereNobodyElseMayEnter() throws Exception {
        policies();
        Path unpacked = Path.of(System.getProperty("org.sqlite.tmpdir"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)))
                .isEqualTo("rwx------");
    }

    /** Holds the lock of a file until it is ended. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (var channel = FileChannel.open(
                            Path.of(args[0] + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                System.out.println(lock.isValid() ? "held" : "not held");
                System.in.read();
            }
        }
    }

    private void fill() {
        try (var model = ReadModel.open(file())) {
            model.statements().transact(() -> {
                for (int i = 0; i < 500; i++) {
                    model.statements()
                            .run(
                                    "INSERT INTO policy_application VALUES (?, NULL, ?, 0, 'ana', 0)",
                                    "a" + i,
                                    "p".repeat(200));
                }
                model.statements().run("INSERT INTO policy_version VALUES ('p1', 'rules: {}', 'standard', 0, 0)");
            });
        }
    }

    private List<String> policies() {
        try (var model = ReadModel.open(file())) {
            return model.queries()
                    .withHandle(handle -> handle.createQuery("SELECT version FROM policy_version")
                            .mapTo(String.class)
                            .list());
        }
    }

    private void overwriteTable(String name) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = '" + name + "'")) {
            int page = row.getInt(1);
            overwrite(page, page);
        }
    }

    /** Pages are counted from 1. */
    private void overwrite(long first, long last) throws IOException {
        try (var channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(Math.toIntExact(last - first + 1) * PAGE), (first - 1) * PAGE);
        }
    }

    private Path file() {
        return folder.resolve("alerts.db");
    }

    private Path aside() {
        return folder.resolve("alerts.db.aside");
    }
}
