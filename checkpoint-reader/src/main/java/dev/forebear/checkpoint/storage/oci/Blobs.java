package dev.forebear.checkpoint.storage.oci;

import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.ReadTotals;
import java.io.IOException;

/** A store of blobs by digest, with one document at which a model begins. Safe for use by several threads. */
interface Blobs extends AutoCloseable {

    /** Most bytes of a document; the specification recommends that registries take manifests up to 4 MiB. */
    int DOCUMENT_LIMIT = 4 << 20;

    /** Where the model is, as the operator would write it. */
    String location();

    /** The manifest, or an index of manifests, that the location names. */
    byte[] root() throws IOException;

    /** Another manifest, held against its digest. */
    byte[] manifest(Descriptor descriptor) throws IOException;

    /** Opens a blob, which nothing is read of yet. */
    ByteSource open(Descriptor blob) throws IOException;

    ReadTotals totals();

    @Override
    void close();
}
