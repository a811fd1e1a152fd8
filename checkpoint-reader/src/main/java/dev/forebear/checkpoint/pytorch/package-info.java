/** PyTorch checkpoints: zip archives and the older layouts, stream and tar, in one file or several shards. */
@NullMarked
package dev.forebear.checkpoint.pytorch;

import org.jspecify.annotations.NullMarked;
