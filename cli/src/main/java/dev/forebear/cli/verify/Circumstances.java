package dev.forebear.cli.verify;

import dev.forebear.alerts.policy.Exposure;
import dev.forebear.alerts.policy.Placement;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a registry would tell of a model and its files do not: options that say it before there is an upload. */
final class Circumstances {

    private static final String REGISTRY = "local";
    private static final String VERSION = "candidate";
    private static final String SOURCE = "command-line";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--name",
            paramLabel = "REGISTRY/NAME",
            description = "What it will be called there, which the policy may look at (default: local/ and the name of "
                    + "the folder).")
    private @Nullable String name;

    @Option(names = "--licence", paramLabel = "ID", description = "Its licence (default: of its model card).")
    private @Nullable String licence;

    @Option(
            names = "--declared-base",
            paramLabel = "B",
            description = "A base that it declares besides those of its files; may be repeated.")
    private List<String> declaredBases = new ArrayList<>();

    @Option(names = "--team", paramLabel = "TEAM", description = "Whose it is (default: as the policy says).")
    private @Nullable String team;

    @Option(
            names = "--exposure",
            paramLabel = "E",
            description = "Who may use it: internal, product or published (default: as the policy says).")
    private @Nullable Exposure exposure;

    /**
     * Identity of the model if it were uploaded.
     *
     * @throws ParameterException when that cannot be a name
     */
    ModelVersionId id(String location) {
        try {
            if (name == null) {
                return ModelVersionId.of(REGISTRY, Checkpoints.name(location), VERSION);
            }
            return ModelVersionId.parse(name.lastIndexOf('@') > name.indexOf('/') ? name : name + "@" + VERSION);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--name: " + wrong.getMessage(), wrong);
        }
    }

    /** Its licence; of its files where nobody said another one. */
    @Nullable
    String licence(@Nullable String ofFiles) {
        return licence == null ? ofFiles : licence;
    }

    List<DeclaredBase> declaredBases() {
        return declaredBases.stream()
                .map(base -> new DeclaredBase(base, null, SOURCE, DeclarationStrength.STATED, null))
                .toList();
    }

    /** Where the policy places it, unless somebody said another place. */
    Placement placement(Placement byPolicy) {
        return new Placement(
                team == null ? byPolicy.team() : team,
                Objects.requireNonNullElse(exposure, byPolicy.exposure()),
                byPolicy.owner());
    }
}
