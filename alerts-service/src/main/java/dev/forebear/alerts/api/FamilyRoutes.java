package dev.forebear.alerts.api;

import dev.forebear.alerts.PolicySource;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.readmodel.FamilyTree;
import dev.forebear.alerts.readmodel.FamilyTree.Direction;
import dev.forebear.alerts.readmodel.FamilyTree.Member;
import dev.forebear.alerts.readmodel.FamilyTrees;
import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * {@code /descendants} and {@code /ancestors}: a whole family in one answer, what is only declared too. Page by page
 * something might change sides in between, and nothing may be missing.
 */
final class FamilyRoutes {

    private final ReadModel model;
    private final Answers answers;
    private final PolicySource policy;

    FamilyRoutes(ReadModel model, Answers answers, PolicySource policy) {
        this.model = model;
        this.answers = answers;
        this.policy = policy;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/descendants", context -> answer(context, Direction.DESCENDANTS));
        config.routes.get(ApiRoutes.ROOT + "/ancestors", context -> answer(context, Direction.ANCESTORS));
    }

    private void answer(Context context, Direction direction) {
        Question question = Question.of(new Parameters(context), direction);
        Policy current = policy.current();
        answers.tagged(
                context,
                "-" + Integer.toHexString(current.version().hashCode()),
                () -> model.queries().inTransaction(handle -> question.answer(handle, current)));
    }

    /**
     * What somebody asks for.
     *
     * @param depth most steps
     */
    private record Question(String id, Direction direction, int depth, boolean onlyProven) {

        static Question of(Parameters parameters, Direction direction) {
            return new Question(
                    parameters.id(),
                    direction,
                    parameters.number("depth", 1, Integer.MAX_VALUE, Integer.MAX_VALUE),
                    Boolean.TRUE.equals(parameters.flag("proven")));
        }

        FamilyView answer(Handle handle, Policy policy) {
            NamedModel named = NamedModel.of(handle, id);
            FamilyTree tree = FamilyTrees.of(handle, named.modelId(), named.versions(), direction);
            List<Member> asked = tree.members().stream()
                    .filter(member -> member.depth() <= depth && (member.proven() || !onlyProven))
                    .toList();
            return new FamilyView(
                    named.id(),
                    named.modelId(),
                    named.version(),
                    named.isKnown(),
                    QuarantineQueries.ofModel(handle, named.modelId()),
                    tree.members().size(),
                    tree.members().stream().filter(Member::proven).count(),
                    tree.members().stream()
                            .map(Member::modelId)
                            .filter(Objects::nonNull)
                            .distinct()
                            .count(),
                    tree.truncated(),
                    Relatives.views(handle, policy, asked));
        }
    }
}
