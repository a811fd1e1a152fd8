package dev.forebear.runtime.yaml;

import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code {env: NAME}} and {@code {file: path}}: settings files say where a secret is, never what it is.
 *
 * @param variables value of an environment variable, or null
 * @param folder that relative paths begin at
 */
public record SecretReference(Function<String, @Nullable String> variables, Path folder) {

    /** The secret that the entry refers to; empty, and a problem noted, when there is none. */
    public Optional<Secret> follow(Section section, String key) {
        if (!section.has(key)) {
            section.problem("expected '" + key + "', found none");
            return Optional.empty();
        }
        if (section.isMapping(key)) {
            return follow(section.section(key));
        }
        section.problemAt(key, "expected {env: NAME} or {file: path}, which say where the secret is");
        return Optional.empty();
    }

    /** The secret that the reference leads to; empty, and a problem noted, when there is none. */
    public Optional<Secret> follow(Section reference) {
        String variable = reference.optionalText("env");
        String file = reference.optionalText("file");
        if (variable != null && file == null) {
            return fromVariable(reference, variable);
        }
        if (file != null && variable == null) {
            return fromFile(reference, file);
        }
        reference.problem("expected {env: NAME} or {file: path}, which say where the secret is");
        return Optional.empty();
    }

    private Optional<Secret> fromVariable(Section reference, String variable) {
        String value = variables.apply(variable);
        if (value == null || value.isBlank()) {
            reference.problem("expected the variable " + variable + " to hold the secret, found it not set");
            return Optional.empty();
        }
        return Optional.of(Secret.of(value.strip()));
    }

    private Optional<Secret> fromFile(Section reference, String file) {
        try {
            return Optional.of(Secret.fromFile(folder.resolve(file)));
        } catch (IOException | InvalidPathException e) {
            reference.problem("expected a readable file with the secret, found " + file);
        } catch (IllegalArgumentException e) {
            reference.problem("expected a secret in the file, found " + file + " blank");
        }
        return Optional.empty();
    }
}
