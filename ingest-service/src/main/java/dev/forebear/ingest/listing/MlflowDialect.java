package dev.forebear.ingest.listing;

import dev.forebear.ingest.sender.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What differs between registries that speak like an MLflow server. Parts are named by the operator. */
enum MlflowDialect {
    /** MLflow itself; the parts are workspaces. */
    SERVER {
        @Override
        boolean ordersByChange() {
            return true;
        }

        @Override
        String name(String workspace, String name) {
            return workspace.isEmpty() ? name : workspace + "/" + name;
        }

        @Override
        String location(Payload version) {
            return version.text("source");
        }
    },
    /** The workspace registry of Databricks; the worker asks it, as it asks MLflow, what lies where. */
    DATABRICKS {
        @Override
        List<String> parts(List<String> scope) {
            return Pages.WHOLE;
        }

        @Override
        String location(Payload version) {
            return "models:/" + version.text("name") + "/" + version.text("version");
        }
    },
    /** The model registry of GitLab; the parts are projects, by path or number. */
    GITLAB {
        @Override
        String path(String project) {
            return "api/v4/projects/" + project.replace("/", "%2F") + "/ml/mlflow/" + SEARCH;
        }

        @Override
        String name(String project, String name) {
            return project + "/" + name;
        }
    };

    private static final String SEARCH = "api/2.0/mlflow/model-versions/search";

    List<String> parts(List<String> scope) {
        return scope.isEmpty() ? Pages.WHOLE : scope;
    }

    /** Path of the search, encoded. */
    String path(String part) {
        return SEARCH;
    }

    /** Whether versions can be had in the order in which they changed, the last one first. */
    boolean ordersByChange() {
        return false;
    }

    /** The name under which the registry's events speak of a model. */
    String name(String part, String name) {
        return name;
    }

    /** Where the weights lie, as the registry's events say; null when they do not. */
    @Nullable
    String location(Payload version) {
        return null;
    }
}
