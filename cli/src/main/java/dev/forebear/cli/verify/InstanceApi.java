package dev.forebear.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.alerts.GrantedExceptions;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.cli.instance.RunningInstance;
import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.QuarantinedModel;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a running instance says over HTTP: its policy, what it excepts, and what it knows of ancestors. */
final class InstanceApi implements AutoCloseable {

    private static final String ROOT = "/api/v1";
    private static final int PAGE = 200;

    private final RunningInstance instance;

    /** @param instance closed with this */
    InstanceApi(RunningInstance instance) {
        this.instance = instance;
    }

    /** The policy in use. */
    Policy policy() throws IOException, InterruptedException {
        return PolicyFile.parse(
                "policy", instance.get(ROOT + "/policy").path("text").asText());
    }

    /** Those in force. */
    GrantedExceptions exceptions() throws IOException, InterruptedException {
        List<PolicyException> all = new ArrayList<>();
        pages("/exceptions?standing=active&limit=" + PAGE, item -> all.add(exception(item)));
        return new GrantedExceptions(all);
    }

    /** What is quarantined now. */
    Quarantines quarantines() throws IOException, InterruptedException {
        List<QuarantinedModel> all = new ArrayList<>();
        pages("/quarantines?standing=active&limit=" + PAGE, item -> all.add(quarantined(item)));
        return new Quarantines(all);
    }

    /** The last report on a model version, with its matches and without their evidence; empty when there is none. */
    Optional<LineageReport> report(String modelVersionId) throws IOException, InterruptedException {
        JsonNode report = instance.find(ROOT + "/report?model=" + encoded(modelVersionId));
        return Optional.ofNullable(report).map(ReportJson::report);
    }

    /** Whether a model that is meant by its whole name was analysed, and has about as many parameters. */
    boolean knows(ModelReference reference, long parameters) throws IOException, InterruptedException {
        for (String name : reference.names()) {
            String word = name.substring(name.lastIndexOf('/') + 1);
            boolean[] found = {false};
            pages("/models?progress=analysed&deleted=false&limit=" + PAGE + "&query=" + encoded(word), item -> {
                found[0] |= reference.isWhole(
                                item.path("registry").asText(),
                                item.path("name").asText())
                        && RefutedBases.areOfOneSize(
                                parameters, item.path("parameters").asLong());
            });
            if (found[0]) {
                return true;
            }
        }
        return false;
    }

    private void pages(String path, Consumer<JsonNode> taker) throws IOException, InterruptedException {
        for (String cursor = ""; cursor != null; ) {
            JsonNode page = instance.get(ROOT + path + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor)));
            page.path("items").forEach(taker);
            cursor = textOrNull(page, "next");
        }
    }

    private static PolicyException exception(JsonNode item) {
        return PolicyException.newBuilder()
                .setExceptionId(item.path("id").asText())
                .setRule(textOrNull(item, "rule"))
                .setDerivedModelId(textOrNull(item, "derivedModelId"))
                .setDerivedVersion(textOrNull(item, "derivedVersion"))
                .setBaseModelId(textOrNull(item, "baseModelId"))
                .setOwner(item.path("owner").asText())
                .setReason(item.path("reason").asText())
                .setExpiresAt(Instant.parse(item.path("expiresAt").asText()))
                .setGrantedBy(item.path("grantedBy").asText())
                .setGrantedAt(Instant.parse(item.path("grantedAt").asText()))
                .build();
    }

    private static QuarantinedModel quarantined(JsonNode item) {
        return QuarantinedModel.newBuilder()
                .setModelId(item.path("modelId").asText())
                .setVersion(textOrNull(item, "version"))
                .setReason(item.path("reason").asText())
                .setQuarantinedBy(item.path("quarantinedBy").asText())
                .setQuarantinedAt(Instant.parse(item.path("quarantinedAt").asText()))
                .build();
    }

    static @Nullable String textOrNull(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        instance.close();
    }
}
