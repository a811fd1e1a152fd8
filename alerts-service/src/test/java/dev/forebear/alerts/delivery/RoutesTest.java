package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private final List<Channel> channels = new ArrayList<>();
    private final Routes routes = new Routes(() -> channels);

    @Test
    void leadToEveryChannelWhoseAudienceIncludesTheAlert() {
        channels.add(channel("all", Audience.everything()));
        channels.add(channel("urgent", audience(Severity.CRITICAL, Set.of(), Set.of(), Set.of())));
        channels.add(channel("licences", audience(Severity.LOW, Set.of("licence-conflict"), Set.of(), Set.of())));
        channels.add(channel("nlp", audience(Severity.LOW, Set.of(), Set.of("nlp"), Set.of())));
        channels.add(channel("vision", audience(Severity.LOW, Set.of(), Set.of("vision"), Set.of())));
        channels.add(channel("internal", audience(Severity.LOW, Set.of(), Set.of(), Set.of("internal"))));
        channels.add(channel("hub", audience(Severity.LOW, Set.of(), Set.of(), Set.of("hub"))));

        assertThat(routes.of(alert().setTeam("nlp").build(), Set.of())).containsExactly("all", "internal", "nlp");
        assertThat(routes.of(alert().setSeverity(Severity.CRITICAL).build(), Set.of()))
                .containsExactly("all", "internal", "urgent");
    }

    @Test
    void leadToTheChannelsThatTheRuleNamesAndToNoOthers() {
        channels.add(channel("all", Audience.everything()));
        channels.add(channel("urgent", audience(Severity.CRITICAL, Set.of(), Set.of(), Set.of())));

        assertThat(routes.of(alert().build(), Set.of("urgent", "gone"))).containsExactly("urgent");
    }

    @Test
    void leadToThoseWhoWantToHearWhenAllThatTheRuleNamesAreGone() {
        channels.add(channel("all", Audience.everything()));

        assertThat(routes.of(alert().build(), Set.of("gone"))).containsExactly("all");
    }

    @Test
    void leadNowhereWhenThereAreNoChannels() {
        assertThat(routes.of(alert().build(), Set.of("gone"))).isEmpty();
    }

    private static LineageAlert.Builder alert() {
        return Alerts.alert();
    }

    private static Audience audience(Severity minimum, Set<String> rules, Set<String> teams, Set<String> registries) {
        return new Audience(minimum, rules, teams, registries);
    }

    private static Channel channel(String name, Audience audience) {
        return new SlackWebhook(
                new Terms(name, audience, Timing.Immediate.standard(), null),
                Secret.of("https://hooks.slack.com/services/T"),
                new HttpPost(Duration.ofSeconds(1)));
    }
}
