/** One checkpoint against a policy, before anybody takes it: the gate of a pipeline. */
@NullMarked
package dev.forebear.cli.verify;

import org.jspecify.annotations.NullMarked;
