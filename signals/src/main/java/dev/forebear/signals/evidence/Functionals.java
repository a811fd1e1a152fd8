package dev.forebear.signals.evidence;

/**
 * K5: what the weights do to token embeddings, projected by string-keyed signs.
 *
 * @param width side of each projected matrix
 * @param queryKey attention logit functional: depths × width × width int8
 * @param feedForward MLP functional: depths × width × width int8
 */
public record Functionals(int width, byte[] queryKey, byte[] feedForward) {}
