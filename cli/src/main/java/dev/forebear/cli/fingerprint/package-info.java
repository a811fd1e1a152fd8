/** Fingerprints made and kept on this machine. */
@NullMarked
package dev.forebear.cli.fingerprint;

import org.jspecify.annotations.NullMarked;
