package dev.forebear.alerts.delivery;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A message of one alert. */
final class OldMessage {

    private OldMessage() {}

    static Message of(Channel channel, LineageAlert alert, URI page) {
        var links = new Links(page, null);
        var group = new GroupKey(alert.getRule(), alert.getBaseModelId());
        var pending = new Pending(
                alert.getAlertId(),
                alert.getRevision(),
                alert.getState(),
                alert.getSeverity(),
                group,
                ModelVersionId.parse(alert.getDerivedModelVersionId()).registry(),
                alert.getUpdatedAt());
        boolean over = alert.getState() == AlertState.RESOLVED;
        return new Message(
                "ms_" + alert.getAlertId().replaceFirst("^al_", "") + "_"
                        + alert.getState().name().toLowerCase(Locale.ROOT),
                over ? Message.Kind.RESOLVED : Message.Kind.OPENED,
                channel.name(),
                group,
                Overview.of(List.of(pending)),
                List.of(Notice.of(alert, links)),
                null,
                null,
                links.group(group),
                links,
                Set.of(),
                Instant.now());
    }
}
