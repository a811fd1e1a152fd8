/** What the topics say, kept in memory for decisions and for the page; rebuilt from the topics at every start. */
@NullMarked
package dev.forebear.alerts.projection;

import org.jspecify.annotations.NullMarked;
