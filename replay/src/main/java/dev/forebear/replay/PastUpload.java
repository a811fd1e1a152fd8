package dev.forebear.replay;

import dev.forebear.schemas.wire.ModelUploaded;

/**
 * An upload: a model version with certain contents, whoever announced it how often.
 *
 * @param partition of {@code model-uploads} in which its first announcement lies
 * @param offset of that announcement
 * @param announced the first announcement
 * @param number which contents of the model version these are, from 0
 * @param last whether no other contents were announced under the same version since
 */
record PastUpload(int partition, long offset, ModelUploaded announced, int number, boolean last) {

    String modelVersionId() {
        return announced.getModelVersionId();
    }
}
