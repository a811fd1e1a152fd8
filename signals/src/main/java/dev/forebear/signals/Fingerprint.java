package dev.forebear.signals;

import dev.forebear.signals.evidence.EvidenceFeatures;
import dev.forebear.signals.peer.PeerFeatures;

/**
 * All features of one checkpoint, small enough to travel. Fingerprints of different algorithm versions are not
 * compared.
 *
 * @param algorithmVersion version of the algorithm that made it
 * @param weightsDigest SHA-256 over sampled values of every tensor, 32 bytes; equal digests mean the same weights,
 *     whatever the shards, the order of the tensors or the file format
 * @param parameters number of parameters
 * @param shape dimensions
 * @param peer features of the peer signals
 * @param evidence features that the evidence is computed from
 */
public record Fingerprint(
        int algorithmVersion,
        byte[] weightsDigest,
        long parameters,
        ModelShape shape,
        PeerFeatures peer,
        EvidenceFeatures evidence) {

    /** Version of the algorithm in this code; raised whenever a feature changes its meaning. */
    public static final int ALGORITHM_VERSION = 1;

    public Fingerprint {
        if (weightsDigest.length != 32) {
            throw new IllegalArgumentException("weights digest: expected 32 bytes, found " + weightsDigest.length);
        }
    }
}
