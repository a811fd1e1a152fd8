package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** Answers with what is known, and with next to nothing to those who know it already. */
final class Answers {

    private final ReadModel model;
    /** Two processes may have come to the same revision by different ways. */
    private final String epoch = UUID.randomUUID().toString().substring(0, 8);

    Answers(ReadModel model) {
        this.model = model;
    }

    /** An answer that depends on the read model and the question alone. */
    void tagged(Context context, Supplier<?> view) {
        tagged(context, "", view);
    }

    /** @param also what the answer depends on besides: short, without quotes */
    void tagged(Context context, String also, Supplier<?> view) {
        int question = Objects.hash(context.path(), context.queryString());
        // Before it is answered: what changes meanwhile makes the tag too old, never too new.
        String tag = "\"" + epoch + "-" + model.revision() + "-" + Integer.toHexString(question) + also + "\"";
        context.header("ETag", tag);
        context.header("Cache-Control", "private, no-cache");
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            // Not by way of a text: a family of ten thousands has tens of megabytes.
            context.contentType(ContentType.APPLICATION_JSON).result(Json.bytes(view.get()));
        }
    }

    /** An answer that the clock changes, too. */
    static void plain(Context context, Object view) {
        context.header("Cache-Control", "private, no-store");
        context.json(view);
    }
}
