/** Weights of ONNX models: the initialisers of their graph, inside the file or beside it. */
@NullMarked
package dev.forebear.checkpoint.onnx;

import org.jspecify.annotations.NullMarked;
