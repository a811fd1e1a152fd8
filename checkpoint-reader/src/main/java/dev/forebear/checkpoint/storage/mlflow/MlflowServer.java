package dev.forebear.checkpoint.storage.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Backoff;
import dev.forebear.checkpoint.storage.ReadMeter;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StorageLocation.LoggedModel;
import dev.forebear.checkpoint.storage.StorageLocation.RegisteredModel;
import dev.forebear.checkpoint.storage.StorageLocation.RunArtifacts;
import dev.forebear.checkpoint.storage.StorageLocation.ServedArtifacts;
import dev.forebear.checkpoint.storage.StorageLocation.Tracked;
import dev.forebear.checkpoint.storage.StoredJson;
import dev.forebear.checkpoint.storage.http.HttpRequests;
import dev.forebear.checkpoint.storage.http.Login;
import dev.forebear.checkpoint.storage.http.Meaning;
import dev.forebear.checkpoint.storage.http.ServerAddress;
import java.io.IOException;
import okhttp3.HttpUrl;

/** An MLflow tracking server: knows where the artifacts of models and runs lie, and hands some of them out itself. */
public final class MlflowServer {

    static final String API = "api/2.0/mlflow-artifacts/artifacts";

    private static final int DOCUMENT_LIMIT = 8 << 20;

    private final MlflowAccess access;
    private final Backoff backoff;
    private final HttpUrl tracking;

    public MlflowServer(MlflowAccess access) {
        this(access, Backoff.DEFAULT);
    }

    MlflowServer(MlflowAccess access, Backoff backoff) {
        this.access = access;
        this.backoff = backoff;
        this.tracking = ServerAddress.url(access.trackingUri());
    }

    /**
     * Where artifacts lie, as the server says.
     *
     * @return the text of a location, to be judged like any other that comes from outside
     * @throws CheckpointException MISSING when the server does not know them, REFUSED without access to them
     */
    public String locate(Tracked reference) throws IOException {
        try (var requests = requests(reference.toString(), new ReadMeter())) {
            return switch (reference) {
                case RegisteredModel model -> registered(requests, model);
                case LoggedModel model ->
                    joined(
                            text(
                                    requests,
                                    model,
                                    url("logged-models").addPathSegment(model.id()),
                                    "/model/info/artifact_uri"),
                            model.path());
                case RunArtifacts run ->
                    joined(
                            text(
                                    requests,
                                    run,
                                    url("runs/get").addQueryParameter("run_id", run.run()),
                                    "/run/info/artifact_uri"),
                            run.path());
            };
        }
    }

    private String registered(HttpRequests requests, RegisteredModel model) throws IOException {
        String version = model.version().startsWith("@") ? version(requests, model) : model.version();
        return own(text(
                requests,
                model,
                url("model-versions/get-download-uri")
                        .addQueryParameter("name", model.name())
                        .addQueryParameter("version", version),
                "/artifact_uri"));
    }

    private String version(HttpRequests requests, RegisteredModel model) throws IOException {
        return text(
                requests,
                model,
                url("registered-models/alias")
                        .addQueryParameter("name", model.name())
                        .addQueryParameter("alias", model.version().substring(1)),
                "/model_version/version");
    }

    private String joined(String root, String path) {
        int end = root.length();
        while (end > 0 && root.charAt(end - 1) == '/') {
            end--;
        }
        return own(path.isEmpty() ? root : root.substring(0, end) + "/" + path);
    }

    /** Servers may name what they hand out themselves by its address. */
    private String own(String location) {
        String prefix = tracking.newBuilder().addPathSegments(API).build() + "/";
        return location.startsWith(prefix) ? "mlflow-artifacts:/" + location.substring(prefix.length()) : location;
    }

    private HttpUrl.Builder url(String question) {
        return tracking.newBuilder().addPathSegments("api/2.0/mlflow").addPathSegments(question);
    }

    private static String text(HttpRequests requests, Tracked about, HttpUrl.Builder question, String field)
            throws IOException {
        String name = about.toString();
        var answer = requests.document(name, question.build(), "application/json", DOCUMENT_LIMIT);
        ObjectNode fields = StoredJson.parse(name, answer.bytes());
        String text = fields.at(field).asText();
        if (text.isBlank()) {
            throw new CheckpointException(Reason.MALFORMED, name, field + ": expected a text, found none");
        }
        return text;
    }

    /** Opens artifacts that the server hands out. */
    public Storage open(ServedArtifacts artifacts) throws CheckpointException {
        String own = access.trackingUri().getAuthority();
        if (!artifacts.server().isEmpty() && !artifacts.server().equalsIgnoreCase(own)) {
            throw new CheckpointException(
                    Reason.REFUSED, artifacts.toString(), "expected the server of MLFLOW_TRACKING_URI, " + own);
        }
        var meter = new ReadMeter();
        return new MlflowStorage(artifacts, tracking, requests(artifacts.toString(), meter), meter);
    }

    private HttpRequests requests(String location, ReadMeter meter) {
        return new HttpRequests(
                location, tracking, Login.of(access.authorization()), Meaning::standard, backoff, meter);
    }
}
