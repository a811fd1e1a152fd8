package dev.forebear.alerts.readmodel;

/** Where a record lies in its topic. */
record Place(int partition, long offset) {}
