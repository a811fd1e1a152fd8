package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.storage.hub.HubAccess;
import dev.forebear.checkpoint.storage.mlflow.MlflowAccess;
import dev.forebear.checkpoint.storage.oci.OciAccess;
import org.jspecify.annotations.Nullable;

/**
 * How the stores that an operator allows are reached. Locations of one that is null are refused.
 *
 * @param s3 server behind {@code s3://}
 * @param hub server behind {@code hf://}
 * @param mlflow server behind {@code models:/}, {@code runs:/} and {@code mlflow-artifacts:/}
 * @param oci registries behind {@code oci://}
 */
public record StoreAccess(
        @Nullable S3Access s3,
        @Nullable HubAccess hub,
        @Nullable MlflowAccess mlflow,
        @Nullable OciAccess oci) {

    /** Local folders only. */
    public static final StoreAccess NONE = new StoreAccess(null, null, null, null);

    /** One S3 server, and local folders. */
    public static StoreAccess of(S3Access s3) {
        return new StoreAccess(s3, null, null, null);
    }
}
