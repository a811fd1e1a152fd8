package dev.forebear.ingest.registration;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.yaml.SecretReference;
import dev.forebear.runtime.yaml.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The YAML file that connects registries. Reading it reports every problem at once, each with line, column and key.
 *
 * <pre>
 * registries:
 *   - alias: internal
 *     kind: mlflow
 *     secrets: [{env: MLFLOW_SECRET}, {file: /run/secrets/mlflow-old}]
 *     location: s3://models/{name}/{version}/
 *     stores: [s3://models/]
 * </pre>
 */
public final class RegistrationsFile {

    private final RegistrationSection entries;
    private final Set<String> aliases = new HashSet<>();

    private RegistrationsFile(SecretReference secrets) {
        this.entries = new RegistrationSection(secrets);
    }

    /**
     * @param variables value of a variable that a secret refers to, or null when it is not set
     * @throws ConfigurationException with one line {@code file:line:column: what, expected, found} per problem
     */
    public static List<Registration> read(Path file, Function<String, @Nullable String> variables) {
        Path folder = file.toAbsolutePath().getParent();
        var secrets = new SecretReference(variables, folder == null ? file : folder);
        return Section.readFile(file, new RegistrationsFile(secrets)::registrations);
    }

    private List<Registration> registrations(Section file) {
        if (!file.has("registries")) {
            file.problem("expected a list 'registries', found none");
        }
        List<Registration> registrations = new ArrayList<>();
        for (Section entry : file.sections("registries")) {
            Optional<Registration> registration = entries.read(entry);
            registration.ifPresent(registrations::add);
            String alias = entry.text("alias");
            if (!alias.isEmpty() && !aliases.add(alias)) {
                entry.problemAt("alias", "expected an alias of its own, found '" + alias + "' again");
            }
        }
        return List.copyOf(registrations);
    }
}
