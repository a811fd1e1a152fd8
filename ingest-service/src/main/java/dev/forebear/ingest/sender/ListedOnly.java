package dev.forebear.ingest.sender;

import dev.forebear.ingest.registration.Registration;

/** A registry that announces nothing, such as Kubeflow's: what it holds is found by asking it. */
record ListedOnly(Registration registration) implements Sender {

    @Override
    public Outcome receive(Webhook webhook) {
        String kind = registration.kind().word();
        return new Outcome.Rejected(
                405, "listed-only", "a registry of kind " + kind + " is asked what it holds and announces nothing");
    }
}
