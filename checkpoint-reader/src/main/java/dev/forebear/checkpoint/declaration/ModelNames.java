package dev.forebear.checkpoint.declaration;

import java.util.regex.Pattern;

/** Tells names of models from what files write in their place. */
final class ModelNames {

    private static final int NAME_LIMIT = 512;

    /** Paths of this or another machine, variables of a shell, folders and files that training leaves behind. */
    private static final Pattern LOCAL_PATH = Pattern.compile(
            "[/.~$%].*|file:.*|[a-z]:[/\\\\].*|.*\\\\.*"
                    + "|(.*/)?checkpoint-\\d+/?|[^:]*\\.(safetensors|gguf|bin|pt|pth|onnx)",
            Pattern.CASE_INSENSITIVE);

    private ModelNames() {}

    /** Whether a text can be the name of a model: short, visible, on one line. */
    static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= NAME_LIMIT
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    /** Whether it says where something lay on a machine, which declares no model. */
    static boolean isLocalPath(String text) {
        return LOCAL_PATH.matcher(text).matches();
    }
}
