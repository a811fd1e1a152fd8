/** Artifacts of an MLflow server, over its REST API. */
@NullMarked
package dev.forebear.checkpoint.storage.mlflow;

import org.jspecify.annotations.NullMarked;
