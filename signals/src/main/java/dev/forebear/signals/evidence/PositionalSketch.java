package dev.forebear.signals.evidence;

/**
 * K1: count-sketches of unit rows keyed by role, row and column, the same key for every layer, summed over the layers.
 *
 * @param gateUp gate and up projection rows, 512 int8
 * @param gateUpEntries entries of one layer that went into it
 * @param value value projection rows, 512 int8
 * @param valueEntries entries of one layer that went into it
 * @param gains standardised norm gains, 512 int8
 * @param gainEntries the hidden size, or 0 when all gains are constant
 */
public record PositionalSketch(
        byte[] gateUp, int gateUpEntries, byte[] value, int valueEntries, byte[] gains, int gainEntries) {}
