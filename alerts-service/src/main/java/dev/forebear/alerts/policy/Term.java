package dev.forebear.alerts.policy;

import dev.cel.common.types.CelType;
import java.util.function.Function;

/**
 * A name that conditions may use.
 *
 * @param meaning in a few words, for the documentation
 * @param value never null: what is not known is an empty text
 */
record Term<T>(String name, CelType type, String meaning, Function<T, Object> value) {}
