package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.LineageAlert;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which channels an alert is owed to.
 *
 * @param channels those there are now; asked anew every time, because the file of channels may change
 */
public record Routes(Supplier<List<Channel>> channels) {

    /**
     * The channels that the rule names; those whose audience includes the alert when it names none, or only channels
     * that are gone: an alert that nobody hears of is worse than one that too many hear of.
     *
     * @param named channels that the rule names; empty when it leaves that to the channels
     * @return names of channels, sorted; empty when nobody wants to hear of it
     */
    public Set<String> of(LineageAlert alert, Set<String> named) {
        List<Channel> present = channels.get();
        Set<String> known = names(present.stream().filter(channel -> named.contains(channel.name())));
        return known.isEmpty()
                ? names(present.stream().filter(channel -> channel.audience().includes(alert)))
                : known;
    }

    private static Set<String> names(Stream<Channel> channels) {
        return channels.map(Channel::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
