package dev.forebear.alerts.delivery;

import dev.forebear.alerts.yaml.Section;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Follows {@code {env: NAME}} and {@code {file: path}}: settings files say where a secret is, never what it is. */
record SecretReference(UnaryOperator<@Nullable String> variables) {

    /** The secret that the entry refers to; empty, and a problem noted, when there is none. */
    Optional<Secret> follow(Section section, String key) {
        if (!section.has(key)) {
            section.problem("expected '" + key + "', found none");
            return Optional.empty();
        }
        Section reference = section.isMapping(key) ? section.section(key) : null;
        String variable = reference == null ? null : reference.optionalText("env");
        String file = reference == null ? null : reference.optionalText("file");
        if (variable != null && file == null) {
            return fromVariable(section, key, variable);
        }
        if (file != null && variable == null) {
            return fromFile(section, key, file);
        }
        section.problemAt(key, "expected {env: NAME} or {file: path}, which say where the secret is");
        return Optional.empty();
    }

    private Optional<Secret> fromVariable(Section section, String key, String variable) {
        String value = variables.apply(variable);
        if (value == null || value.isBlank()) {
            section.problemAt(key, "expected the variable " + variable + " to hold the secret, found it not set");
            return Optional.empty();
        }
        return Optional.of(Secret.of(value.strip()));
    }

    private static Optional<Secret> fromFile(Section section, String key, String file) {
        try {
            return Optional.of(Secret.fromFile(Path.of(file)));
        } catch (IOException | InvalidPathException e) {
            section.problemAt(key, "expected a readable file with the secret, found " + file);
        } catch (IllegalArgumentException e) {
            section.problemAt(key, "expected a secret in the file, found " + file + " blank");
        }
        return Optional.empty();
    }
}
