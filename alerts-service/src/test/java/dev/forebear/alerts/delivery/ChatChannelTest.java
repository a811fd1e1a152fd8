package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.alerts.delivery.StubServer.Reply;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatChannelTest {

    private static final Terms TERMS = Terms.standard("governance");

    private final SlackStub slack = new SlackStub();
    private final TeamsStub teams = new TeamsStub();
    private final PagerDutyStub pagerDuty = new PagerDutyStub();

    @AfterEach
    void close() {
        slack.close();
        teams.close();
        pagerDuty.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 10_000})
    void takeTheMostHostileNamesWithinAllLimitsAndCallNobody(int count) {
        for (Message.Kind kind : List.of(Message.Kind.OPENED, Message.Kind.DIGEST)) {
            Message message = Alerts.message(kind, Alerts.hostile(count), null);

            assertThat(slack.webhook(TERMS).send(message)).isInstanceOf(Answer.Accepted.class);
            assertThat(slack.bot(TERMS).send(message)).isInstanceOf(Answer.Accepted.class);
            assertThat(teams.channel(TERMS).send(message)).isInstanceOf(Answer.Accepted.class);
            assertThat(pagerDuty.channel(TERMS).send(message)).isInstanceOf(Answer.Accepted.class);
        }
        assertThat(slack.mentions()).isEmpty();
        assertThat(slack.messages().toString() + teams.cards() + pagerDuty.events())
                .contains("\uFFFD")
                .doesNotContain("\u202E", "\\u202E", "\\r\\n", "\\u0000");
        assertThat(teams.cards().toString()).doesNotContain("<img", "<at>", "[x](http://evil)", "{{D}}");
    }

    @Test
    void slackBotIsCalledBackByTheIdOfItsMessage() {
        Answer answer = slack.bot(TERMS).send(Alerts.message(Alerts.alert()));

        assertThat(answer).isEqualTo(new Answer.Accepted(200, null, "C0123ABC/1795161604.000001"));
        JsonNode actions = slack.messages().getFirst().path("blocks").path(4).path("elements");
        assertThat(actions.findValuesAsText("action_id")).containsExactly("acknowledge", "snooze", "open");
        assertThat(actions.findValuesAsText("value")).containsOnly("ms_5f0c2a1b9d3e4f605f0c2a1b");
    }

    @Test
    void slackBotAnswersInTheThreadAndChangesTheFirstMessage() {
        Answer.Accepted first = (Answer.Accepted) slack.bot(TERMS).send(Alerts.message(Alerts.alert()));
        Message ended = follow(Message.Kind.RESOLVED, AlertState.RESOLVED, first.reference());

        assertThat(slack.bot(TERMS).send(ended)).isEqualTo(new Answer.Accepted(200, null, first.reference()));
        assertThat(slack.messages()).hasSize(2);
        assertThat(slack.messages().getFirst().path("text").asText()).startsWith("RESOLVED: ");
        assertThat(slack.messages().getFirst().findValuesAsText("action_id")).containsExactly("open");
        assertThat(slack.messages().getLast().path("thread_ts").asText()).isEqualTo("1795161604.000001");
    }

    @Test
    void slackBotSaysWhoAcknowledgedByChangingItsMessageOnly() {
        Answer.Accepted first = (Answer.Accepted) slack.bot(TERMS).send(Alerts.message(Alerts.alert()));
        slack.bot(TERMS).send(follow(Message.Kind.CHANGED, AlertState.ACKNOWLEDGED, first.reference()));

        assertThat(slack.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.toString())
                        .contains("acknowledged by ana: on it")
                        .doesNotContain("Acknowledge\""));
    }

    @Test
    void slackBotSaysWhatIsNewThoughTheFirstMessageIsGone() {
        Answer answer =
                slack.bot(TERMS).send(follow(Message.Kind.UPDATED, AlertState.OPEN, "C0123ABC/1700000000.000001"));

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(slack.messages()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "channel_not_found, Refused",
        "is_archived, Refused",
        "invalid_blocks, Refused",
        "msg_blocks_too_long, Refused",
        "ratelimited, Postponed",
        "internal_error, Postponed"
    })
    void slackErrorsAreFinalUnlessTheyPass(String error, String kind) {
        slack.server().answersNext(Reply.of(200, "{\"ok\":false,\"error\":\"" + error + "\"}"));

        Answer answer = slack.bot(TERMS).send(Alerts.message(Alerts.alert()));

        assertThat(answer.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(answer.detail()).isEqualTo(error);
    }

    @Test
    void slackTokenThatIsWrongIsNeverShown() {
        var bot = new SlackBot(
                TERMS,
                slack.server().url("/api"),
                Secret.of("xoxb-stolen"),
                SlackStub.CHANNEL,
                null,
                new HttpPost(Duration.ofSeconds(5)));

        assertThat(bot.send(Alerts.message(Alerts.alert()))).isEqualTo(new Answer.Refused(200, "invalid_auth"));
        assertThat(bot.toString()).doesNotContain("xoxb");
    }

    @Test
    void limitsOfRateAreHonouredByAll() {
        Reply slowly = new Reply(429, Map.of("Retry-After", "30"), "");
        List.of(slack.server(), teams.server(), pagerDuty.server()).forEach(server -> server.answersAlways(slowly));
        Answer wait = new Answer.Postponed(429, "429", Duration.ofSeconds(30));

        for (Channel channel :
                List.of(slack.webhook(TERMS), slack.bot(TERMS), teams.channel(TERMS), pagerDuty.channel(TERMS))) {
            assertThat(channel.send(Alerts.message(Alerts.alert()))).isEqualTo(wait);
        }
    }

    @Test
    void pagerDutyHasOneIncidentForAGroupWhateverBecomesOfIt() {
        Answer.Accepted first = (Answer.Accepted) pagerDuty.channel(TERMS).send(Alerts.message(Alerts.alert()));
        assertThat(first.reference()).isEqualTo("ms_5f0c2a1b9d3e4f605f0c2a1b");
        assertThat(pagerDuty
                        .events()
                        .getFirst()
                        .path("payload")
                        .path("severity")
                        .asText())
                .isEqualTo("error");

        pagerDuty.channel(TERMS).send(follow(Message.Kind.CHANGED, AlertState.ACKNOWLEDGED, first.reference()));
        assertThat(pagerDuty.incidents()).containsExactly(Map.entry(first.reference(), "acknowledged"));
        pagerDuty.channel(TERMS).send(follow(Message.Kind.RESOLVED, AlertState.RESOLVED, first.reference()));
        assertThat(pagerDuty.incidents()).containsExactly(Map.entry(first.reference(), "resolved"));
    }

    @Test
    void testsReachEveryChannelAndRingNobody() {
        Message test = Message.test("te_1", "governance", Alerts.LINKS, Instant.parse("2026-11-20T08:00:00Z"));

        for (Channel channel :
                List.of(slack.webhook(TERMS), slack.bot(TERMS), teams.channel(TERMS), pagerDuty.channel(TERMS))) {
            assertThat(channel.send(test)).isInstanceOf(Answer.Accepted.class);
        }
        assertThat(pagerDuty.incidents()).isEmpty();
        assertThat(slack.messages())
                .allSatisfy(message -> assertThat(message.toString()).contains("Test of the channel governance"));
    }

    private static Message follow(Message.Kind kind, AlertState state, String thread) {
        LineageAlert alert = Alerts.alert()
                .setState(state)
                .setStateBy("ana")
                .setStateReason("on it")
                .build();
        Message message = Alerts.message(kind, List.of(alert), thread);
        return new Message(
                "ms_later",
                kind,
                message.channel(),
                message.group(),
                message.overview(),
                message.shown(),
                thread,
                Alerts.message(kind, List.of(alert), null),
                URI.create("https://lineage.example.com/"),
                message.links(),
                Set.of(),
                message.at());
    }
}
