/** What a replay found, and the documents that auditors are given. */
@NullMarked
package dev.forebear.replay.audit;

import org.jspecify.annotations.NullMarked;
