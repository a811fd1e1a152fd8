/** Applies the policy to lineage reports, keeps alerts, delivers them and serves the page. */
@NullMarked
package dev.forebear.alerts;

import org.jspecify.annotations.NullMarked;
