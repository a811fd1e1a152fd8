package dev.forebear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a project of its own, with a Maven that is a script and a program that shows its arguments. */
class LauncherTest {

    private static final List<String> TOOLS = List.of(
            "sh",
            "dirname",
            "readlink",
            "grep",
            "find",
            "head",
            "tail",
            "mkdir",
            "touch",
            "rm",
            "cut",
            "stty",
            "cp",
            "mv");

    @TempDir
    private Path home;

    @TempDir
    private Path tools;

    @BeforeEach
    void layOutTheProject() throws IOException {
        Files.copy(Path.of("..", "forebear"), home.resolve("forebear"));
        Files.createDirectories(home.resolve("cli/src/main"));
        Files.writeString(home.resolve("cli/src/main/Source.java"), "");
        Files.writeString(home.resolve("pom.xml"), "");
        for (String tool : TOOLS) {
            executable(tool, "exec " + onPath(tool) + " \"$@\"");
        }
    }

    @Test
    void buildsOnFirstUseAndThenRunsTheProgram() throws Exception {
        maven("mkdir -p cli/target && cp program.jar cli/target/cli.jar");
        program();

        Run first = launch("compare", "two words", "--json");
        Run second = launch("scan");

        assertThat(first.exitCode()).isEqualTo(7);
        assertThat(first.out()).isEqualTo("[compare, two words, --json]\n");
        assertThat(first.err()).startsWith("Building Forebear").hasLineCount(1);
        assertThat(second.out()).isEqualTo("[scan]\n");
        assertThat(second.err()).as("nothing to build").isEmpty();
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        maven("mkdir -p cli/target && cp program.jar cli/target/cli.jar");
        program();
        launch("scan");
        Files.setLastModifiedTime(
                home.resolve("cli/src/main/Source.java"),
                FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(launch("scan").err()).startsWith("Building Forebear");
    }

    @Test
    void showsWhyTheBuildFailed() throws Exception {
        maven("echo '[INFO] compiling'; echo '[ERROR] Source.java: boom'; exit 1");

        Run run = launch("scan");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("[ERROR] Source.java: boom", "forebear: the build failed; the whole log is", "build.log")
                .doesNotContain("[INFO]");
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        Run run = launch("scan");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("forebear: expected Apache Maven (mvn) on the PATH to build, found none");
    }

    @Test
    void keepsWhatStartsHaveLoadedOnceForEveryBuild() throws Exception {
        maven("mkdir -p cli/target && cp program.jar cli/target/cli.jar");
        program();
        Path kept = home.resolve("cli/target/cli.aot");

        assertThat(launch("scan").out()).isEqualTo("[scan]\n");
        FileTime first = Files.getLastModifiedTime(kept);
        launch("scan");
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(first);
        Files.setLastModifiedTime(
                home.resolve("cli/target/cli.jar"), FileTime.from(Instant.now().plusSeconds(60)));
        launch("scan");
        assertThat(Files.getLastModifiedTime(kept)).isGreaterThan(first);
    }

    @Test
    void runsThroughALinkFromAnotherFolder() throws Exception {
        maven("mkdir -p cli/target && cp program.jar cli/target/cli.jar");
        program();
        Path link = Files.createSymbolicLink(home.resolve("cli/fb"), home.resolve("forebear"));

        assertThat(launch(link, "scan").out()).isEqualTo("[scan]\n");
    }

    @Test
    void leavesTheProcessorsToLiveWorkWhileItReplays() throws Exception {
        maven("mkdir -p cli/target && cp program.jar cli/target/cli.jar");
        program();
        executable("nice", "echo \"nice $1 $2\" >&2; shift 2; exec \"$@\"");
        launch("scan");

        assertThat(launch("replay", "--dry-run").err()).startsWith("nice -n 19\n");
        assertThat(launch("replay", "list").err()).isEmpty();
        assertThat(launch("scan").err()).isEmpty();
    }

    private void maven(String commands) throws IOException {
        executable("mvn", commands);
    }

    private void executable(String name, String commands) throws IOException {
        Path script = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + commands + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private void program() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, ShowArguments.class.getName());
        String name = ShowArguments.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(home.resolve("program.jar"));
                var jar = new JarOutputStream(file, manifest);
                var code = ShowArguments.class.getClassLoader().getResourceAsStream(name)) {
            jar.putNextEntry(new JarEntry(name));
            code.transferTo(jar);
        }
    }

    private Run launch(String... args) throws Exception {
        return launch(home.resolve("forebear"), args);
    }

    private Run launch(Path script, String... args) throws Exception {
        var command = new ArrayList<>(List.of(tools.resolve("sh").toString(), script.toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(tools.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("HOME", tools.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Path out = Files.createTempFile(tools, "out", "");
        Path err = Files.createTempFile(tools, "err", "");
        int exitCode = builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Run(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private static Path onPath(String tool) {
        return List.of("/bin/", "/usr/bin/").stream()
                .map(folder -> Path.of(folder + tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + tool + " in /bin and /usr/bin"));
    }
}
