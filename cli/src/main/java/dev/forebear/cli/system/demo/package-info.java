/** The demonstration: the zoo goes through the whole system, and what was found is told. */
@NullMarked
package dev.forebear.cli.system.demo;

import org.jspecify.annotations.NullMarked;
