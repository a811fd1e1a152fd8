/** What licences of models ask of models made from them: a table of common readings, which is not legal advice. */
@NullMarked
package dev.forebear.alerts.policy.licence;

import org.jspecify.annotations.NullMarked;
