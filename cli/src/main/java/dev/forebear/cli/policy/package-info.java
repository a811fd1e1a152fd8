/** Commands {@code policy ...}: checking policy files, counting what they would find, applying them. */
@NullMarked
package dev.forebear.cli.policy;

import org.jspecify.annotations.NullMarked;
