package dev.forebear.alerts.access;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * That somebody was let in.
 *
 * @param endsAt when their session or token ends; null for never
 * @param stands whether they would be let in now, too: an answer that goes on for long asks again and again
 */
public record Admission(Caller caller, @Nullable Instant endsAt, BooleanSupplier stands) {}
