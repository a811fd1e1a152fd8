package dev.forebear.replay;

import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.TopicPosition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The identity of a replay: a hash of all that its answer depends on. */
final class ReplayIdentity {

    private static final int HEX_DIGITS = 12;

    private final MessageDigest hash;

    private ReplayIdentity() {
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Of the fields from {@code from} to {@code positions}: 12 hex digits. */
    static String of(Replay.Builder replay) {
        var identity = new ReplayIdentity();
        identity.add(replay.getFrom());
        identity.add(replay.getUntil());
        identity.addAll(replay.getRegistries());
        identity.add(replay.getNamePattern());
        identity.addAll(replay.getTeams());
        identity.add(replay.getViewpoint());
        identity.add(replay.getPolicyVersion());
        identity.add(replay.getPolicySource());
        identity.add(replay.getPolicyText());
        identity.add(replay.getAlgorithmVersion());
        identity.addAll(replay.getPositions().stream().map(ReplayIdentity::text).toList());
        return HexFormat.of().formatHex(identity.hash.digest()).substring(0, HEX_DIGITS);
    }

    private static String text(TopicPosition position) {
        return position.getTopic() + "/" + position.getPartition() + "@" + position.getOffset();
    }

    private void addAll(List<String> values) {
        add(values.size());
        values.forEach(this::add);
    }

    /** With its length, so that no two lists of values are written alike. */
    private void add(@Nullable Object value) {
        byte[] bytes = value == null ? new byte[0] : value.toString().getBytes(StandardCharsets.UTF_8);
        hash.update((value == null ? "-" : bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        hash.update(bytes);
    }
}
