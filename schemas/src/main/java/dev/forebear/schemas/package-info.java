/** The wire: topics, their Avro records, the Confluent wire format and the client of the schema registry. */
@NullMarked
package dev.forebear.schemas;

import org.jspecify.annotations.NullMarked;
