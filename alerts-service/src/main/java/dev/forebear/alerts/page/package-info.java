/** The dashboard: one static page and the JSON it lives on. Model names are hostile: data, never markup. */
@NullMarked
package dev.forebear.alerts.page;

import org.jspecify.annotations.NullMarked;
