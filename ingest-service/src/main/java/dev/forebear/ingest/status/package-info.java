/** How every connected registry does, told to whoever looks at the topic of it. */
@NullMarked
package dev.forebear.ingest.status;

import org.jspecify.annotations.NullMarked;
