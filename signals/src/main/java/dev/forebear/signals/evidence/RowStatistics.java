package dev.forebear.signals.evidence;

/** What bounds the statistics of one model in a screen. */
record RowStatistics(RoundedSketch gateUp, RoundedSketch value, NeuronLimits neurons) {}
