/** A Kafka broker, a schema registry and an S3 endpoint inside one JVM, on loopback, with their data in one folder. */
@NullMarked
package dev.forebear.platform;

import org.jspecify.annotations.NullMarked;
