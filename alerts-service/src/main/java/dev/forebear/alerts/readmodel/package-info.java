/**
 * What the topics say, as tables that can be asked: an SQLite file which is rebuilt from the topics whenever it is
 * lost.
 */
@NullMarked
package dev.forebear.alerts.readmodel;

import org.jspecify.annotations.NullMarked;
