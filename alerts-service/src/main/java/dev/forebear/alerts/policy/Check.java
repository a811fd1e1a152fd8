package dev.forebear.alerts.policy;

import java.util.List;

/** The condition of a rule. */
sealed interface Check
        permits QuarantinedAncestor,
                UndisclosedAncestry,
                DisallowedAncestor,
                LicenceConflict,
                FalseFromScratch,
                ContradictedDeclaration,
                NotAnalysedModel,
                UnsafeFile,
                CopiedWeights,
                OwnRule {

    /** What is wrong with a model version, at most one hit per ancestor. */
    List<Hit> hits(Dossier dossier);
}
