/** Signatures over documents: in-toto statements in DSSE envelopes, with the keys that openssl makes. */
@NullMarked
package dev.forebear.replay.signing;

import org.jspecify.annotations.NullMarked;
