package dev.forebear.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files of a replay, and of replays that were ended or killed. */
class WorkFolderTest {

    @TempDir
    private Path parent;

    @Test
    void isGoneWhenItIsClosed() throws Exception {
        Path path;
        try (WorkFolder folder = WorkFolder.make(parent)) {
            path = folder.path();
            Files.writeString(path.resolve("reports"), "reports");
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void isGoneWhenItsProcessIsAskedToEnd() throws Exception {
        Process process = another();
        Path left = madeBy(process);

        process.destroy();
        process.waitFor();

        assertThat(left).doesNotExist();
    }

    @Test
    void whatAKilledProcessLeftGoesWithTheNext() throws Exception {
        Process process = another();
        Path left = madeBy(process);
        process.destroyForcibly();
        process.waitFor();
        assertThat(left).isNotEmptyDirectory();

        WorkFolder.make(parent).close();

        assertThat(left).doesNotExist();
    }

    @Test
    void leavesThatOfALivingProcessAlone() throws Exception {
        Process process = another();
        Path used = madeBy(process);

        try (WorkFolder folder = WorkFolder.make(parent)) {
            WorkFolder.make(parent).close();

            assertThat(used).isNotEmptyDirectory();
            assertThat(folder.path()).isNotEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process another() throws IOException {
        String classes = place(WorkFolder.class) + File.pathSeparator + place(Using.class);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        Using.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String place(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    private static Path madeBy(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        return Path.of(out.readLine());
    }

    /** Uses a folder until it is killed. */
    static final class Using {

        private Using() {}

        public static void main(String[] args) throws Exception {
            WorkFolder folder = WorkFolder.make(Path.of(args[0]));
            Files.writeString(folder.path().resolve("read-model.db"), "much");
            System.out.println(folder.path());
            new CountDownLatch(1).await();
        }
    }
}
