package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.pickle.PickleValue;

/** The pickle of a file and the storages that it refers to. */
record TorchContent(PickleValue pickle, TorchStorages storages) {}
