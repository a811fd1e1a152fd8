package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.schemas.wire.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsFileTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "SLACK_URL", "https://hooks.slack.com/services/T000/B000/XXXX",
            "SOAR_SECRET", "whsec_m5WQVds3LX/JjlSgclm0LRRkB+LZCabS",
            "NO_SECRET", "hunter2");

    @Test
    void readsEveryKindOfChannel(@TempDir Path folder) throws Exception {
        Path password = Files.writeString(folder.resolve("smtp-password"), "sesame\n");
        Path file = Files.writeString(folder.resolve("channels.yaml"), """
            channels:
              - name: governance-slack
                kind: slack
                url: {env: SLACK_URL}
                minimum-severity: medium
              - name: ml-mail
                kind: email
                host: smtp.example.com
                username: forebear
                password: {file: '%s'}
                from: Forebear <forebear@example.com>
                to: [nlp-team@example.com]
              - name: soar
                kind: webhook
                url: https://soar.example.com/hook
                secret: {env: SOAR_SECRET}
                rules: [disallowed-ancestor]
            """.formatted(password));

        List<Channel> channels = ChannelsFile.read(file, VARIABLES::get);

        assertThat(channels).extracting(Channel::name).containsExactly("governance-slack", "ml-mail", "soar");
        assertThat(channels.get(0).audience()).isEqualTo(new Audience(Severity.MEDIUM, Set.of(), Set.of(), Set.of()));
        assertThat(channels.get(1)).isInstanceOfSatisfying(Email.class, email -> {
            assertThat(email.server().port()).isEqualTo(587);
            assertThat(email.server().security()).isEqualTo(SmtpServer.Security.STARTTLS);
            assertThat(email.server().password().reveal()).isEqualTo("sesame");
        });
        assertThat(channels.get(2).audience().rules()).containsExactly("disallowed-ancestor");
    }

    @Test
    void showsNoSecret() {
        assertThat(parse("""
            channels:
              - {name: a, kind: slack, url: {env: SLACK_URL}}
            """).toString()).doesNotContain("XXXX").contains("***");
    }

    @Test
    void reportsAllProblemsAtOnceWithLineAndColumn() {
        assertThat(problems("""
            channels:
              - name: Slack!
                kind: slack
                url: https://hooks.slack.com/services/T000/B000/XXXX
              - name: soar
                kind: webhook
                url: http://10.0.0.1/hook
                secret: {env: NO_SECRET}
                minimum-severity: loud
              - name: soar
                kind: email
                host: smtp.example.com
                from: nobody
                rules: ["unheard of"]
              - kind: pigeon
                name: p
            """))
                .containsExactly(
                        "c.yaml:2:11: channels[1].name: expected lower-case letters, digits and hyphens, found"
                                + " 'Slack!'",
                        "c.yaml:4:10: channels[1].url: expected {env: NAME} or {file: path}, which say where the secret"
                                + " is",
                        "c.yaml:7:10: channels[2].url: expected an https address without credentials, or http to this"
                                + " machine",
                        "c.yaml:8:13: channels[2].secret: expected a secret that begins with whsec_",
                        "c.yaml:9:23: channels[2].minimum-severity: expected one of low, medium, high, critical, found"
                                + " 'loud'",
                        "c.yaml:10:5: channels[3]: expected 'to' to list a recipient, found none",
                        "c.yaml:10:11: channels[3].name: expected a name of its own, found 'soar' again",
                        "c.yaml:13:11: channels[3].from: expected an address such as team@example.com, found 'nobody'",
                        "c.yaml:14:12: channels[3].rules: expected names of rules such as undisclosed-ancestry, found"
                                + " 'unheard of'",
                        "c.yaml:15:11: channels[4].kind: expected one of slack, email, webhook, found 'pigeon'");
    }

    @Test
    void namesAVariableThatIsNotSet() {
        assertThat(problems("channels: [{name: a, kind: slack, url: {env: NOT_SET}}]"))
                .containsExactly("c.yaml:1:40: channels[1].url: expected the variable NOT_SET to hold the secret, found"
                        + " it not set");
    }

    private static List<Channel> parse(String yaml) {
        return ChannelsFile.parse("c.yaml", yaml, VARIABLES::get);
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> parse(yaml))
                .problems();
    }
}
