/** What the files of a checkpoint say it was made from: one class for each kind of file. They are read as hostile. */
@NullMarked
package dev.forebear.checkpoint.declaration;

import org.jspecify.annotations.NullMarked;
