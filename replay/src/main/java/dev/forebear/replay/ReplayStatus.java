package dev.forebear.replay;

import dev.forebear.schemas.wire.Replay;

/**
 * A replay that was asked for.
 *
 * @param done uploads that have their report by now
 */
public record ReplayStatus(Replay replay, long done) {}
