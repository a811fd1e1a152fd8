package dev.forebear.alerts.delivery;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Secret;
import dev.forebear.runtime.yaml.SecretReference;
import dev.forebear.runtime.yaml.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads channels from YAML. Secrets are never in the file: it says in which variable or file they are. */
public final class ChannelsFile {

    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(15);
    private static final int SUBMISSION_PORT = 587;
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String ADDRESS = "expected an https address without credentials, or http to this machine";

    private final SecretReference secrets;
    private final TermsSection terms = new TermsSection();
    private final HttpPost http = new HttpPost(HTTP_TIMEOUT);
    private final HttpPost publicHttp = HttpPost.toThePublic(HTTP_TIMEOUT);

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
        Terms common = terms.terms(section);
        return switch (section.text("kind")) {
            case "slack" -> section.has("bot-token") ? slackBot(section, common) : slackWebhook(section, common);
            case "teams" -> secretAddress(section).map(url -> new Teams(common, url, http));
            case "pagerduty" -> pagerDuty(section, common);
            case "email" -> email(section, common);
            case "webhook" -> webhook(section, common);
            case "" -> Optional.empty();
            case String other -> {
                section.problemAt(
                        "kind", "expected one of slack, teams, pagerduty, email, webhook, found '" + other + "'");
                yield Optional.empty();
            }
        };
    }

    private Optional<Channel> slackWebhook(Section section, Terms common) {
        return secretAddress(section).map(url -> new SlackWebhook(common, url, http));
    }

    private Optional<Channel> slackBot(Section section, Terms common) {
        Optional<Secret> token = secrets.follow(section, "bot-token");
        String channel = section.text("channel");
        Optional<Secret> signing =
                section.has("signing-secret") ? secrets.follow(section, "signing-secret") : Optional.empty();
        URI api = plainAddress(section, "api", SlackBot.API);
        return token.map(secret -> new SlackBot(common, api, secret, channel, signing.orElse(null), http));
    }

    private Optional<Channel> pagerDuty(Section section, Terms common) {
        URI url = plainAddress(section, "url", PagerDuty.EVENTS);
        return secrets.follow(section, "routing-key").map(key -> new PagerDuty(common, url, key, http));
    }

    private Optional<Channel> webhook(Section section, Terms common) {
        String text = section.text("url");
        Optional<URI> url = address(text);
        if (!text.isEmpty() && url.isEmpty()) {
            section.problemAt("url", ADDRESS);
        }
        boolean anywhere = section.flag("private-addresses", false)
                || url.filter(ChannelsFile::isLocal).isPresent();
        Optional<WebhookSigner> signer = secrets.follow(section, "secret").flatMap(secret -> signer(section, secret));
        return url.isEmpty() || signer.isEmpty()
                ? Optional.empty()
                : Optional.of(new Webhook(
                        common, url.get(), signer.get(), anywhere ? http : publicHttp, InstantSource.system()));
    }

    /** An address that is a credential. */
    private Optional<Secret> secretAddress(Section section) {
        Optional<Secret> url = secrets.follow(section, "url");
        if (url.isPresent() && address(url.get().reveal()).isEmpty()) {
            section.problemAt("url", "expected the secret to be an https address");
        }
        return url;
    }

    private static URI plainAddress(Section section, String key, URI fallback) {
        String text = section.optionalText(key);
        Optional<URI> address = text == null ? Optional.of(fallback) : address(text);
        if (address.isEmpty()) {
            section.problemAt(key, ADDRESS);
        }
        return address.orElse(fallback);
    }

    private static Optional<WebhookSigner> signer(Section section, Secret secret) {
        try {
            return Optional.of(new WebhookSigner(secret));
        } catch (IllegalArgumentException e) {
            section.problemAt("secret", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Channel> email(Section section, Terms common) {
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
        return Optional.of(new Email(common, server, from.get(), to));
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
            boolean safe = "https".equals(uri.getScheme()) || isLocal(uri) && "http".equals(uri.getScheme());
            return safe && uri.getHost() != null && uri.getUserInfo() == null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    // Who writes this machine's address means this machine.
    private static boolean isLocal(URI uri) {
        return uri.getHost() != null && LOCAL.contains(uri.getHost());
    }
}
