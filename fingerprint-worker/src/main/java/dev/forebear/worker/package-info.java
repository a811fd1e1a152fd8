/** Reads the weights of every upload and publishes their fingerprint. */
@NullMarked
package dev.forebear.worker;

import org.jspecify.annotations.NullMarked;
