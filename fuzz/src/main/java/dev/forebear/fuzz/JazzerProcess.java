package dev.forebear.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Jazzer in a process of its own, for one target or several. */
final class JazzerProcess {

    /** Larger inputs take longer and show nothing that smaller ones do not. */
    private static final int INPUT_LIMIT = 48 << 10;

    /** For an input that does not end at all; what is merely slow is told by the limits. */
    private static final Duration HANG = Duration.ofSeconds(20);

    /** A tokenizer brings patterns, and is held to the limits while they are matched; all other sanitizers are on. */
    private static final String PATTERNS_OF_FILES = "com.code_intelligence.jazzer.sanitizers.RegexInjection";

    private static final int RESIDENT_LIMIT_MIB = 3_000;

    private final List<Target> targets;
    private final Path log;
    private final Process process;

    private JazzerProcess(List<Target> targets, Path log, Process process) {
        this.targets = targets;
        this.log = log;
        this.process = process;
    }

    static JazzerProcess start(List<Target> targets, Corpus corpus, Duration time, Path out) throws IOException {
        String name = targets.size() == 1
                ? targets.getFirst().word()
                : targets.getFirst().word() + "-and-" + (targets.size() - 1) + "-more";
        Path seeds = Files.createDirectories(out.resolve("seeds").resolve(name));
        Path found = Files.createDirectories(out.resolve("found").resolve(name));
        Path findings = Files.createDirectories(out.resolve("findings"));
        copySeeds(targets, corpus, seeds);
        Path log = out.resolve(name + ".log");
        var command = new ArrayList<>(java());
        command.addAll(List.of(
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + CoverageEntry.class.getName(),
                "--target_args=" + corpus.folder() + " "
                        + targets.stream().map(Target::word).collect(Collectors.joining(" ")),
                "--instrumentation_includes=dev.forebear.**",
                "--instrumentation_excludes=dev.forebear.fuzz.**",
                "--custom_hook_includes=dev.forebear.**:com.fasterxml.**:org.yaml.**:org.apache.avro.**",
                "--disabled_hooks=" + PATTERNS_OF_FILES,
                "--reproducer_path=" + findings,
                "-artifact_prefix=" + findings + "/" + name + "-",
                "-max_total_time=" + time.toSeconds(),
                "-timeout=" + HANG.toSeconds(),
                "-rss_limit_mb=" + RESIDENT_LIMIT_MIB,
                "-max_len=" + INPUT_LIMIT,
                "-print_final_stats=1",
                found.toString(),
                seeds.toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new JazzerProcess(targets, log, process);
    }

    private static List<String> java() {
        String classPath = System.getProperty("java.class.path");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath + File.pathSeparator + Path.of(classPath).resolveSibling("lib") + "/*");
    }

    private static void copySeeds(List<Target> targets, Corpus corpus, Path folder) throws IOException {
        for (int target = 0; target < targets.size(); target++) {
            List<byte[]> inputs = corpus.inputs(targets.get(target));
            for (int i = 0; i < inputs.size(); i++) {
                byte[] seed = targets.size() == 1 ? inputs.get(i) : prefixed(target, inputs.get(i));
                Files.write(folder.resolve(targets.get(target).word() + "-" + i), seed);
            }
        }
    }

    private static byte[] prefixed(int target, byte[] input) {
        var bytes = new byte[input.length + 1];
        bytes[0] = (byte) target;
        System.arraycopy(input, 0, bytes, 1, input.length);
        return bytes;
    }

    /** Waits for the end and tells what was found. */
    boolean awaitSound(PrintStream console) throws IOException, InterruptedException {
        int exit = process.waitFor();
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        console.println(targets.stream().map(Target::word).collect(Collectors.joining(", ")));
        lines.stream()
                .filter(line -> exit == 0 ? line.matches("Done \\d+ runs.*|.* DONE .*") : isTelling(line))
                .forEach(line -> console.println("  " + line));
        if (exit != 0) {
            console.println("  exit code " + exit + "; all of it is in " + log);
        }
        return exit == 0;
    }

    private static boolean isTelling(String line) {
        return line.startsWith("== ") || line.startsWith("\tat dev.forebear") || line.contains("Test unit written");
    }
}
