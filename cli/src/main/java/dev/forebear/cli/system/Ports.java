package dev.forebear.cli.system;

/**
 * Ports of the one-process form, all on the loopback interface; 0 means any free port.
 *
 * @param dashboard the page and its API
 * @param webhooks where registries post
 * @param kafka the broker
 * @param schemaRegistry the schema registry
 * @param s3 the S3 endpoint
 */
public record Ports(int dashboard, int webhooks, int kafka, int schemaRegistry, int s3) {}
