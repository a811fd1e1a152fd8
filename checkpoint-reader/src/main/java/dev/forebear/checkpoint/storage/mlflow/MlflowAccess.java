package dev.forebear.checkpoint.storage.mlflow;

import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.checkpoint.storage.http.ServerAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How an MLflow server is reached.
 *
 * @param trackingUri http or https address of the server
 * @param authorization proof of an account; null when the server asks for none
 */
public record MlflowAccess(URI trackingUri, @Nullable Authorization authorization) {

    public MlflowAccess {
        ServerAddress.check("MLFLOW_TRACKING_URI", trackingUri);
    }
}
