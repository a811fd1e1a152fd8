/** Names of tensors: which tensor of which architecture plays which role. */
@NullMarked
package dev.forebear.checkpoint.naming;

import org.jspecify.annotations.NullMarked;
