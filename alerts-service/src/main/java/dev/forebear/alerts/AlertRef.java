package dev.forebear.alerts;

/** An alert that is to be looked at, and the model it is about, whose owner does it. */
record AlertRef(String alertId, String modelId) {}
