/** The product's verdicts on a zoo of models whose lineage is known, held against that lineage. */
@NullMarked
package dev.forebear.cli.evaluate;

import org.jspecify.annotations.NullMarked;
