package dev.forebear.signals.relation;

/** What a rule found. */
record Named(RelationKind kind, String detail) {}
