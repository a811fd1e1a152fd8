package dev.forebear.ingest.sender;

import dev.forebear.ingest.registration.Registration;

/** A registry whose events are fetched where only it can write: whoever posts in its name is somebody else. */
record FetchedOnly(Registration registration) implements Sender {

    @Override
    public Outcome receive(Webhook webhook) {
        return new Outcome.Rejected(
                405, "fetched-only", "the events of this registry are fetched, none are taken here");
    }
}
