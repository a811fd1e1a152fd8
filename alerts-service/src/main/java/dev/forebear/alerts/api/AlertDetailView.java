package dev.forebear.alerts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alert with its history, the latest first. */
record AlertDetailView(
        AlertView alert,
        List<FoundIn> foundIn,
        List<Entry> history,
        @Nullable ExceptionView exception) {

    /** A version of the derived model that has the finding. */
    record FoundIn(String modelVersionId, String reportId, String foundAt) {}

    /** What somebody did with the alert. */
    record ActionTaken(
            String id,
            String kind,
            String author,
            @Nullable String reason,
            @Nullable String until,
            boolean untilChange,
            @Nullable String via) {}

    /** One thing of the history; what it is not about is null. */
    record Entry(
            String at,
            String what,
            @Nullable FoundIn foundIn,
            @Nullable ActionTaken action,
            @Nullable DeliveryView delivery,
            @Nullable String state,
            @Nullable String reason) {

        static Entry opened(String at) {
            return new Entry(at, "opened", null, null, null, null, null);
        }

        static Entry of(FoundIn version) {
            return new Entry(version.foundAt(), "found-in", version, null, null, null, null);
        }

        static Entry of(String at, ActionTaken action) {
            return new Entry(at, "action", null, action, null, null, null);
        }

        static Entry of(DeliveryView delivery) {
            return new Entry(delivery.at(), "delivery", null, null, delivery, null, null);
        }

        /** A state that no person brought about. */
        static Entry state(String at, String what, String state, @Nullable String reason) {
            return new Entry(at, what, null, null, null, state, reason);
        }
    }
}
