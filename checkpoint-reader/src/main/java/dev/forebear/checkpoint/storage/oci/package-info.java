/** Models that are published as OCI artifacts: layouts on disk and registries. */
@NullMarked
package dev.forebear.checkpoint.storage.oci;

import org.jspecify.annotations.NullMarked;
