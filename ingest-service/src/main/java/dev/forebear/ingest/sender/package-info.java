/** The kinds of registries: how each proves itself and what its announcements mean. Pure: no network, no clock. */
@NullMarked
package dev.forebear.ingest.sender;

import org.jspecify.annotations.NullMarked;
