package dev.forebear.checkpoint.numbers;

/**
 * Whether this process may write vector instructions itself: it was started with {@code --add-modules
 * jdk.incubator.vector}, on a processor whose vectors have 256 bits or more. Without, loops are as exact and slower.
 */
public final class VectorInstructions {

    public static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && VectorFloatLoops.fitProcessor();

    private VectorInstructions() {}
}
