package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.schemas.wire.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsFileTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

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
                teams: [nlp]
                registries: [internal]
                group-wait: 1s
                group-interval: 15m
                quiet-hours: {from: "22:00", to: "07:00", zone: Europe/Berlin, unless: critical}
              - name: threads
                kind: slack
                bot-token: {env: NO_SECRET}
                channel: C0123ABC
                signing-secret: {env: NO_SECRET}
              - {name: teams, kind: teams, url: {env: SLACK_URL}}
              - {name: on-call, kind: pagerduty, routing-key: {env: NO_SECRET}, minimum-severity: critical}
              - name: ml-mail
                kind: email
                host: smtp.example.com
                username: forebear
                password: {file: '%s'}
                from: Forebear <forebear@example.com>
                to: [nlp-team@example.com]
                when: {digest: weekly, day: friday, at: "16:30", zone: Europe/Berlin}
              - name: soar
                kind: webhook
                url: https://soar.example.com/hook
                secret: {env: SOAR_SECRET}
                rules: [disallowed-ancestor]
                private-addresses: true
            """.formatted(password));

        List<Channel> channels = ChannelBook.read(file, VARIABLES::get).channels();

        assertThat(channels)
                .extracting(Channel::kind)
                .containsExactly("slack", "slack", "teams", "pagerduty", "email", "webhook");
        assertThat(channels.get(0).terms())
                .isEqualTo(new Terms(
                        "governance-slack",
                        new Audience(Severity.MEDIUM, Set.of(), Set.of("nlp"), Set.of("internal")),
                        new Timing.Immediate(Duration.ofSeconds(1), Duration.ofMinutes(15)),
                        new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), BERLIN, Severity.CRITICAL)));
        assertThat(channels.get(1)).isInstanceOf(SlackBot.class);
        assertThat(channels.get(4)).isInstanceOfSatisfying(Email.class, email -> {
            assertThat(email.server().port()).isEqualTo(587);
            assertThat(email.server().security()).isEqualTo(SmtpServer.Security.STARTTLS);
            assertThat(email.server().password().reveal()).isEqualTo("sesame");
            assertThat(email.terms().timing())
                    .isEqualTo(new Timing.Digest(
                            Timing.Digest.Every.WEEKLY, DayOfWeek.FRIDAY, LocalTime.of(16, 30), BERLIN));
        });
        assertThat(channels.get(5).audience().rules()).containsExactly("disallowed-ancestor");
    }

    @Test
    void readsItsChannelsAgainWhenTheFileChangesAndKeepsThemWhenItIsWrong(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("channels.yaml"), "channels: [{name: a, kind: teams, url: {env: SLACK_URL}}]");
        ChannelBook book = ChannelBook.read(file, VARIABLES::get);
        assertThat(book.refresh()).isFalse();

        Files.writeString(file, "channels: [{name: b, kind: teams, url: {env: SLACK_URL}}]");
        assertThat(book.refresh()).isTrue();
        Files.writeString(file, "channels: [{name: c, kind: pigeon}]");

        assertThat(book.refresh()).isFalse();
        assertThat(book.channels()).extracting(Channel::name).containsExactly("b");
    }

    @Test
    void reportsWhatIsWrongWithTimes() {
        assertThat(problems("""
            channels:
              - name: a
                kind: teams
                url: {env: SLACK_URL}
                group-wait: 1h
                when: later
                quiet-hours: {from: "7 pm", to: "07:00", zone: Europe/Atlantis, unless: loud}
              - name: b
                kind: teams
                url: {env: SLACK_URL}
                group-interval: 1h
                when: {at: noon}
            """))
                .containsExactly(
                        "c.yaml:5:17: channels[1].group-wait: expected a duration such as 30s, at most 2m, found '1h'",
                        "c.yaml:6:11: channels[1].when: expected immediate or {digest: daily, at: \"09:00\"}, found"
                                + " 'later'",
                        "c.yaml:7:25: channels[1].quiet-hours.from: expected a time of day such as \"09:00\", found"
                                + " '7 pm'",
                        "c.yaml:7:52: channels[1].quiet-hours.zone: expected a time zone such as Europe/Berlin, found"
                                + " 'Europe/Atlantis'",
                        "c.yaml:7:77: channels[1].quiet-hours.unless: expected one of low, medium, high, critical,"
                                + " found 'loud'",
                        "c.yaml:8:5: channels[2]: expected 'group-wait' and 'group-interval' with 'when: immediate'"
                                + " only",
                        "c.yaml:12:11: channels[2].when: expected 'digest', found none",
                        "c.yaml:12:16: channels[2].when.at: expected a time of day such as \"09:00\", found 'noon'");
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
                        "c.yaml:15:11: channels[4].kind: expected one of slack, teams, pagerduty, email, webhook, found"
                                + " 'pigeon'");
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
