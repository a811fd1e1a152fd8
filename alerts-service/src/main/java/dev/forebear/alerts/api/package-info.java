/**
 * The API that pages and machines live on: {@code /api/v1}, as {@code openapi.yaml} describes it. Model names are
 * hostile: data, never markup and never SQL.
 */
@NullMarked
package dev.forebear.alerts.api;

import org.jspecify.annotations.NullMarked;
