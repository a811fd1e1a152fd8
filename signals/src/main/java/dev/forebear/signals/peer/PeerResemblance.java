package dev.forebear.signals.peer;

import java.util.List;

/**
 * What the peer would say of two models. It ranks and proves nothing: independent models reach most of its scores.
 *
 * @param architectureTier 1 same architecture, 2 same family and size, 3 weighted score
 * @param signals one per signal, in the order of {@link PeerSignal}
 * @param identity the peer's own combination of the weight signals
 */
public record PeerResemblance(int architectureTier, List<SignalSimilarity> signals, IdentityScore identity) {

    public PeerResemblance {
        signals = List.copyOf(signals);
    }
}
