package dev.forebear.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The scripts of the examples in {@code docs/ci}, as the hosts run them. */
enum PipelineExamples {
    GITHUB("github-actions.yml") {
        @Override
        List<String> scripts(Map<?, ?> file) {
            return steps(file)
                    .filter(step -> step.containsKey("run"))
                    .map(step -> step.get("run").toString())
                    .toList();
        }

        @Override
        String kept(Map<?, ?> file) {
            return steps(file)
                    .filter(step -> "always()".equals(step.get("if")))
                    .map(step -> at(step, "with", "sarif_file").toString())
                    .findFirst()
                    .orElseThrow();
        }

        private static Stream<Map<?, ?>> steps(Map<?, ?> file) {
            return ((List<?>) at(file, "jobs", "verify", "steps")).stream().map(step -> (Map<?, ?>) step);
        }
    },
    GITLAB("gitlab-ci.yml") {
        @Override
        List<String> scripts(Map<?, ?> file) {
            List<?> lines = (List<?>) at(file, "verify-lineage", "script");
            return List.of(
                    String.join("\n", lines.stream().map(Object::toString).toList()));
        }

        @Override
        String kept(Map<?, ?> file) {
            return ((List<?>) at(file, "verify-lineage", "artifacts", "paths"))
                    .getFirst()
                    .toString();
        }
    };

    private final String name;

    PipelineExamples(String name) {
        this.name = name;
    }

    /** Scripts of the job in their order; each is a shell of its own. */
    List<String> scripts() {
        return scripts(read());
    }

    /** Folder that the host takes when the job is over, passed or not. */
    String kept() {
        return kept(read());
    }

    abstract List<String> scripts(Map<?, ?> file);

    abstract String kept(Map<?, ?> file);

    private Map<?, ?> read() {
        try {
            String text = Files.readString(ChildProcess.ROOT.resolve(Path.of("docs", "ci", name)));
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Object at(Map<?, ?> map, String... path) {
        Object found = map;
        for (String key : path) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(key), key);
        }
        return found;
    }
}
