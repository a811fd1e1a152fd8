package dev.forebear.alerts.access;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Secret;
import dev.forebear.runtime.yaml.SecretReference;
import dev.forebear.runtime.yaml.Section;
import dev.forebear.schemas.wire.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the provider that people sign in at from YAML. Its secret is never in the file. */
final class SignInFile {

    private static final List<String> SCOPES = List.of("openid", "profile", "email");

    private final SecretReference secrets;

    private SignInFile(Function<String, @Nullable String> variables, Path folder) {
        this.secrets = new SecretReference(variables, folder);
    }

    /**
     * Reads the file; a secret in a file is looked for beside it.
     *
     * @param variables value of an environment variable, or null
     * @throws ConfigurationException with one line {@code file:line:column: what, expected, found} per problem
     */
    static SignIn read(Path file, Function<String, @Nullable String> variables) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
        return Section.readFile(file, new SignInFile(variables, folder)::signIn);
    }

    /**
     * Reads a text.
     *
     * @param name of the text, to show in problems
     * @throws ConfigurationException with one line {@code name:line:column: what, expected, found} per problem
     */
    static SignIn parse(String name, String text, Function<String, @Nullable String> variables) {
        return Section.read(name, text, new SignInFile(variables, Path.of(""))::signIn);
    }

    private SignIn signIn(Section file) {
        URI issuer = file.parsed("issuer", "an https address, or http to this machine", SignInFile::address)
                .orElseGet(() -> {
                    if (!file.has("issuer")) {
                        file.problem("expected 'issuer', found none");
                    }
                    return URI.create("https://localhost");
                });
        Secret secret = file.has("client-secret")
                ? secrets.follow(file, "client-secret").orElse(null)
                : null;
        return new SignIn(
                issuer,
                file.text("client-id"),
                secret,
                scopes(file),
                Optional.ofNullable(file.optionalText("name-claim")).orElse("email"),
                Optional.ofNullable(file.optionalText("role-claim")).orElse("groups"),
                groups(file),
                defaultRole(file),
                file.optionalText("contact"),
                file.duration("session-lifetime", AccessConfig.SESSION_LIFETIME));
    }

    private static List<String> scopes(Section file) {
        List<String> scopes = file.has("scopes") ? file.texts("scopes") : SCOPES;
        if (!scopes.contains("openid")) {
            file.problemAt("scopes", "expected openid among them, found " + scopes);
        }
        return scopes;
    }

    private static Map<Role, Set<String>> groups(Section file) {
        Section roles = file.section("roles");
        Map<Role, Set<String>> groups = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            groups.put(role, Set.copyOf(roles.texts(role.name().toLowerCase(Locale.ROOT))));
        }
        if (groups.values().stream().allMatch(Set::isEmpty) && !file.has("default-role")) {
            file.problem("expected 'roles' or 'default-role' to let somebody in, found neither");
        }
        return groups;
    }

    private static @Nullable Role defaultRole(Section file) {
        return file.has("default-role") ? file.choice("default-role", Role.VIEWER) : null;
    }

    private static URI address(String text) {
        URI uri = URI.create(text);
        boolean safe = "https".equals(uri.getScheme())
                || "http".equals(uri.getScheme()) && uri.getHost() != null && Loopback.isHost(uri.getHost());
        if (!safe || uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
            throw new IllegalArgumentException("no address of an issuer");
        }
        return uri;
    }
}
