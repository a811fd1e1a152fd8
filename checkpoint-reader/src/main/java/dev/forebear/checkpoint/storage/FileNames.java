package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.util.List;

/** Names of files inside a checkpoint: relative, with forward slashes, leading nowhere else. */
public final class FileNames {

    private FileNames() {}

    /** @throws CheckpointException REFUSED when the name could lead out of the checkpoint */
    public static void check(String name) throws CheckpointException {
        boolean leavesCharacters = name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl);
        boolean leavesSegments =
                List.of(name.split("/", -1)).stream().anyMatch(part -> part.isEmpty() || part.matches("\\.{1,2}"));
        if (leavesCharacters || leavesSegments || name.matches("[A-Za-z]:.*")) {
            throw new CheckpointException(
                    Reason.REFUSED, name, "expected a relative file name, found one that leads out of the checkpoint");
        }
    }

    /** The name without the {@code ./} that archives put before names, however many there are. */
    public static String withoutDots(String name) {
        int at = 0;
        while (name.startsWith("./", at)) {
            at += 2;
            while (name.startsWith("/", at)) {
                at++;
            }
        }
        return name.substring(at);
    }
}
