/** Who somebody is, what they may do, and what is noted of it. */
@NullMarked
package dev.forebear.alerts.access;

import org.jspecify.annotations.NullMarked;
