/** Places where weights lie: a folder or an S3 bucket, read by range. */
@NullMarked
package dev.forebear.checkpoint.storage;

import org.jspecify.annotations.NullMarked;
