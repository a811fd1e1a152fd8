package dev.forebear.alerts.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All tokens, in the form of every list of the API. */
record TokenList(List<TokenView> items, @Nullable String next, int total, boolean totalIsBound) {}
