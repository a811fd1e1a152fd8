package dev.forebear.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The compose file against the code that it starts, and the files that it mounts. */
class ComposeFileTest {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z0-9_]+)(?::[-?]([^}]*))?}");

    private final Map<String, String> environmentFile = environmentFile();
    private final JsonNode services = compose().path("services");

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "worker", "matcher", "alerts"})
    void everyVariableIsUnderstoodAndAccepted(String service) {
        Map<String, String> variables = variables(service);
        var environment = Programs.read(service, variables);
        assertThat(environment.problems()).isEmpty();
        assertThat(environment.asked()).containsAll(variables.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "ingest, ingest-service",
        "worker, fingerprint-worker",
        "matcher, match-service",
        "alerts, alerts-service",
        "topics, cli"
    })
    void everyProgramIsBuiltFromItsModule(String service, String module) {
        assertThat(services.path(service)
                        .path("build")
                        .path("args")
                        .path("PROGRAM")
                        .asText())
                .isEqualTo(module);
        assertThat(SourceTree.text(SourceTree.ROOT.resolve(module).resolve("pom.xml")))
                .contains("<main.class>");
        assertThat(SourceTree.text(SourceTree.ROOT.resolve("Dockerfile"))).contains(module);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "worker", "matcher", "alerts"})
    void everyServiceStartsAfterTheTopicsAndListensWhereItsHealthIsChecked(String service) {
        JsonNode dependencies = services.path(service).path("depends_on");
        assertThat(dependencies.path("topics").path("condition").asText()).isEqualTo("service_completed_successfully");
        assertThat(dependencies.path("schema-registry").path("condition").asText())
                .isEqualTo("service_healthy");
        assertThat(variables(service).get("FOREBEAR_LISTEN")).startsWith("0.0.0.0:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "matcher"})
    void whatIsScaledHasNeitherPortsNorNameOfItsOwn(String service) {
        assertThat(services.path(service).has("ports")).isFalse();
        assertThat(services.path(service).has("container_name")).isFalse();
    }

    @Test
    void portsAreOnLoopback() {
        services.forEach(service ->
                service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
    }

    @Test
    void imagesOfOthersArePinned() {
        services.forEach(service -> {
            if (!service.has("build")) {
                assertThat(service.path("image").asText()).matches(".+:\\d.*");
            }
        });
    }

    @Test
    void everyVariableOfTheEnvironmentFileIsUsed() {
        String compose = SourceTree.text(SourceTree.ROOT.resolve("docker-compose.yml"));
        assertThat(environmentFile.keySet())
                .allSatisfy(name -> assertThat(compose).contains("${" + name + ":"));
    }

    /** Variables of a service as its container sees them, with mounted files where they lie here. */
    private Map<String, String> variables(String service) {
        var variables = new TreeMap<String, String>();
        services.path(service)
                .path("environment")
                .properties()
                .forEach(variable -> variables.put(
                        variable.getKey(), mounted(service, variable.getValue().asText())));
        return variables;
    }

    private String mounted(String service, String value) {
        for (JsonNode volume : services.path(service).path("volumes")) {
            String[] parts = volume.asText().split(":");
            if (value.equals(parts[1])) {
                Path file = SourceTree.ROOT.resolve(parts[0]).normalize();
                assertThat(file).isRegularFile();
                return file.toString();
            }
        }
        return interpolated(value);
    }

    private String interpolated(String value) {
        Matcher reference = REFERENCE.matcher(value);
        return reference.replaceAll(match -> {
            String found = environmentFile.getOrDefault(match.group(1), match.group(2));
            assertThat(found).as("%s in .env.example", match.group(1)).isNotNull();
            return Matcher.quoteReplacement(found);
        });
    }

    private static Map<String, String> environmentFile() {
        return Arrays.stream(
                        SourceTree.text(SourceTree.ROOT.resolve(".env.example")).split("\n"))
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static JsonNode compose() {
        // Jackson's own YAML reader resolves neither anchors nor merges.
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Object document = yaml.load(SourceTree.text(SourceTree.ROOT.resolve("docker-compose.yml")));
        return new ObjectMapper().valueToTree(document);
    }
}
