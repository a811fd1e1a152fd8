package dev.forebear.alerts.projection;

import dev.forebear.schemas.wire.LineageReport;

/** A report and where it lies in its topic: of two reports on a model, the one with the larger offset is newer. */
public record ReportEntry(LineageReport report, int partition, long offset) {}
