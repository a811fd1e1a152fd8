package dev.forebear.schemas;

import org.apache.avro.Schema;

/**
 * A schema as a registry knows it.
 *
 * @param id identity of the schema in the whole registry
 * @param version number of the schema under its subject, from 1
 */
public record SchemaMetadata(String subject, int id, int version, Schema schema) {}
