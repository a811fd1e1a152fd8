package dev.forebear.alerts.delivery;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that messages lead to.
 *
 * @param page address of the dashboard as people reach it
 * @param unsubscribing makes the links that end mail; null when no key is configured
 */
public record Links(URI page, @Nullable UnsubscribeKey unsubscribing) {

    URI alert(String alertId) {
        return at("#/alerts/" + encoded(alertId));
    }

    /** The alerts of a group. */
    URI group(GroupKey group) {
        String ancestor = group.ancestor() == null ? "" : "&ancestor=" + encoded(group.ancestor());
        return at("#/alerts?rule=" + encoded(group.rule()) + ancestor);
    }

    /** All alerts. */
    URI alerts() {
        return at("#/alerts");
    }

    /** Where one request ends the mail of a channel to an address; only over https, as RFC 8058 asks. */
    Optional<URI> unsubscribe(String channel, MailAddress address) {
        return unsubscribing == null || !"https".equals(page.getScheme())
                ? Optional.empty()
                : Optional.of(at("u/" + unsubscribing.token(channel, address)));
    }

    private URI at(String rest) {
        return URI.create(page.toString().replaceFirst("/$", "") + "/" + rest);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
