package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.pickle.PickleValue;
import java.util.Map;

/**
 * The pickle of a file and the storages that it refers to.
 *
 * @param kept tensors beside the pickle, by what it calls them; empty where it rebuilds all of them itself
 */
record TorchContent(PickleValue pickle, Map<String, TensorView> kept, TorchStorages storages) {

    TorchContent {
        kept = Map.copyOf(kept);
    }

    TorchContent(PickleValue pickle, TorchStorages storages) {
        this(pickle, Map.of(), storages);
    }
}
