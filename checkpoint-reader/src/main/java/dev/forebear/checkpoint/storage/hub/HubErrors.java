package dev.forebear.checkpoint.storage.hub;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.http.Meaning;
import org.jspecify.annotations.Nullable;

/** Why a hub says no: it names the reason in {@code X-Error-Code}. */
final class HubErrors implements Meaning {

    private final String repository;
    private final String credentials;

    HubErrors(String repository, HubAccess access) {
        this.repository = repository;
        this.credentials = access.token() == null ? "no HF_TOKEN is set" : "the account of HF_TOKEN does not see it";
    }

    @Override
    public @Nullable CheckpointException of(String name, Answer answer) {
        String code = String.valueOf(answer.headers().get("X-Error-Code"));
        return switch (code) {
            case "GatedRepo" ->
                new CheckpointException(
                        Reason.REFUSED,
                        repository,
                        "gated: its terms have to be accepted with the account whose HF_TOKEN is set");
            case "RepoNotFound" -> missing(Reason.MISSING);
            case "RevisionNotFound" ->
                new CheckpointException(Reason.MISSING, repository, "expected this revision, found none");
            case "EntryNotFound" ->
                new CheckpointException(Reason.MISSING, name, "expected a file in " + repository + ", found none");
            default -> byStatus(name, answer);
        };
    }

    private @Nullable CheckpointException byStatus(String name, Answer answer) {
        return answer.status() == 401 ? missing(Reason.REFUSED) : Meaning.standard(name, answer);
    }

    // A hub does not tell strangers which of the two it is.
    private CheckpointException missing(Reason reason) {
        return new CheckpointException(
                reason, repository, "expected a repository, found none: it is missing, or private and " + credentials);
    }
}
