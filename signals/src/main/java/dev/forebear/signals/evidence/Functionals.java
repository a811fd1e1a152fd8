package dev.forebear.signals.evidence;

/**
 * K5: what the weights do to token embeddings, projected by string-keyed signs.
 *
 * @param width side of each projected matrix
 * @param queryKey attention logit functional: depths × width × width int8
 * @param feedForward MLP functional: depths × width × width int8
 * @param anchors 16-bit hashes of the tokens that were projected, ascending, two bytes each, big-endian
 */
public record Functionals(int width, byte[] queryKey, byte[] feedForward, byte[] anchors) {}
