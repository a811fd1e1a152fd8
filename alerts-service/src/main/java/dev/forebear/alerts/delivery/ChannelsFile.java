package dev.forebear.alerts.delivery;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Secret;
import dev.forebear.runtime.yaml.SecretReference;
import dev.forebear.runtime.yaml.Section;
import dev.forebear.schemas.wire.Severity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads channels from YAML. Secrets are never in the file: it says in which variable or file they are. */
public final class ChannelsFile {

    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(15);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int SUBMISSION_PORT = 587;

    private final SecretReference secrets;
    private final HttpPost http = new HttpPost(HTTP_TIMEOUT);
    private final Set<String> names = new HashSet<>();

    private ChannelsFile(UnaryOperator<@Nullable String> variables) {
        this.secrets = new SecretReference(variables::apply, Path.of(""));
    }

    /**
     * Reads channels.
     *
     * @param variables value of an environment variable, or null
     * @throws ConfigurationException with one line {@code file:line:column: what, expected, found} per problem
     */
    public static List<Channel> read(Path file, UnaryOperator<@Nullable String> variables) {
        return Section.readFile(file, new ChannelsFile(variables)::channels);
    }

    /**
     * Reads channels.
     *
     * @param name of the text, to show in problems
     * @param variables value of an environment variable, or null
     * @throws ConfigurationException with one line {@code name:line:column: what, expected, found} per problem
     */
    public static List<Channel> parse(String name, String text, UnaryOperator<@Nullable String> variables) {
        return Section.read(name, text, new ChannelsFile(variables)::channels);
    }

    private List<Channel> channels(Section file) {
        List<Channel> channels = new ArrayList<>();
        for (Section section : file.sections("channels")) {
            channel(section).ifPresent(channels::add);
        }
        return List.copyOf(channels);
    }

    private Optional<Channel> channel(Section section) {
        String name = name(section);
        Audience audience = audience(section);
        return switch (section.text("kind")) {
            case "slack" -> slack(section, name, audience);
            case "email" -> email(section, name, audience);
            case "webhook" -> webhook(section, name, audience);
            case "" -> Optional.empty();
            case String other -> {
                section.problemAt("kind", "expected one of slack, email, webhook, found '" + other + "'");
                yield Optional.empty();
            }
        };
    }

    private String name(Section section) {
        String name = section.text("name");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            section.problemAt("name", "expected lower-case letters, digits and hyphens, found '" + name + "'");
        }
        if (!name.isEmpty() && !names.add(name)) {
            section.problemAt("name", "expected a name of its own, found '" + name + "' again");
        }
        return name;
    }

    private static Audience audience(Section section) {
        List<String> rules = section.texts("rules");
        for (String rule : rules) {
            if (!NAME.matcher(rule).matches()) {
                section.problemAt(
                        "rules", "expected names of rules such as undisclosed-ancestry, found '" + rule + "'");
            }
        }
        return new Audience(
                section.choice("minimum-severity", Severity.LOW),
                Set.copyOf(rules),
                Set.copyOf(section.texts("teams")),
                Set.copyOf(section.texts("registries")));
    }

    private Optional<Channel> slack(Section section, String name, Audience audience) {
        Optional<Secret> url = secrets.follow(section, "url");
        if (url.isPresent() && address(url.get().reveal()).isEmpty()) {
            section.problemAt("url", "expected the secret to be an https address");
        }
        return url.map(secret -> new Slack(name, audience, secret, http));
    }

    private Optional<Channel> webhook(Section section, String name, Audience audience) {
        String text = section.text("url");
        Optional<URI> url = address(text);
        if (!text.isEmpty() && url.isEmpty()) {
            section.problemAt("url", "expected an https address without credentials, or http to this machine");
        }
        Optional<WebhookSigner> signer = secrets.follow(section, "secret").flatMap(secret -> signer(section, secret));
        return url.isEmpty() || signer.isEmpty()
                ? Optional.empty()
                : Optional.of(new Webhook(name, audience, url.get(), signer.get(), http, InstantSource.system()));
    }

    private static Optional<WebhookSigner> signer(Section section, Secret secret) {
        try {
            return Optional.of(new WebhookSigner(secret));
        } catch (IllegalArgumentException e) {
            section.problemAt("secret", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Channel> email(Section section, String name, Audience audience) {
        String host = section.text("host");
        int port = section.integer("port", SUBMISSION_PORT, 1, 65_535);
        SmtpServer.Security security = section.choice("security", SmtpServer.Security.STARTTLS);
        String username = section.optionalText("username");
        Optional<Secret> password = section.has("password") ? secrets.follow(section, "password") : Optional.empty();
        if ((username != null) != section.has("password")) {
            section.problem("expected 'username' and 'password' or neither, found one");
        }
        Optional<MailAddress> from = mailAddress(section, "from", section.text("from"));
        List<MailAddress> to = section.texts("to").stream()
                .flatMap(text -> mailAddress(section, "to", text).stream())
                .toList();
        if (to.isEmpty()) {
            section.problem("expected 'to' to list a recipient, found none");
        }
        if (host.isEmpty() || from.isEmpty() || to.isEmpty() || (username == null) != password.isEmpty()) {
            return Optional.empty();
        }
        var server = new SmtpServer(host, port, security, username, password.orElse(null));
        return Optional.of(new Email(name, audience, server, from.get(), to));
    }

    private static Optional<MailAddress> mailAddress(Section section, String key, String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new MailAddress(text));
        } catch (IllegalArgumentException e) {
            section.problemAt(key, "expected an address such as team@example.com, found '" + text + "'");
            return Optional.empty();
        }
    }

    /** An https address, or an http address of this machine; empty for anything else. */
    private static Optional<URI> address(String text) {
        try {
            URI uri = URI.create(text);
            boolean local = "127.0.0.1".equals(uri.getHost())
                    || "localhost".equals(uri.getHost())
                    || "[::1]".equals(uri.getHost());
            boolean safe = "https".equals(uri.getScheme()) || local && "http".equals(uri.getScheme());
            return safe && uri.getHost() != null && uri.getUserInfo() == null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
