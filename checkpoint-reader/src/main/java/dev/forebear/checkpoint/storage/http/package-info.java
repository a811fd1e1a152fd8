/** Files and documents of an HTTP server, read by range, with what may lie on the way: redirects, expiry, refusals. */
@NullMarked
package dev.forebear.checkpoint.storage.http;

import org.jspecify.annotations.NullMarked;
