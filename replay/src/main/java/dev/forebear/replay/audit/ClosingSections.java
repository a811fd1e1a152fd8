package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.Viewpoint;

/** The limits of the report, the documents that belong to it, and the policy it was made with. */
final class ClosingSections {

    private final Replay replay;
    private final AuditSummary summary;
    private final boolean signed;

    ClosingSections(Replay replay, AuditSummary summary, boolean signed) {
        this.replay = replay;
        this.summary = summary;
        this.signed = signed;
    }

    Html limits() {
        var html = section("limits", "What this report does not know").open("ul", "class", "points");
        point(html, "Uploads that no registry announced and no listing found are not in it.");
        point(
                html,
                "That nothing is proven of a model does not prove that it was trained from scratch: a base that is not"
                        + " among the reference models is not found, and distilling a model leaves nothing in the"
                        + " weights.");
        point(
                html,
                "Who uploaded a model, when, and what it declares is what its registry said; the weights say only what"
                        + " it was made from.");
        point(
                html,
                "Ancestors of another fingerprint algorithm than version " + replay.getAlgorithmVersion()
                        + " were not compared. " + AuditWords.count(summary.incomparable(), "upload", "uploads")
                        + " could not be compared with every reference model.");
        if (summary.notAnalysed.total() > 0) {
            point(
                    html,
                    AuditWords.count(summary.notAnalysed.total(), "upload was", "uploads were")
                            + " not analysed. They may have any ancestor.");
        }
        if (summary.unconfirmed.total() > 0) {
            point(
                    html,
                    AuditWords.count(summary.unconfirmed.total(), "upload has", "uploads have")
                            + " matches that rest on fingerprints alone, although their weights would be read today.");
        }
        if (replay.getViewpoint() == Viewpoint.AS_OF_UPLOAD) {
            point(
                    html,
                    "Models that became known after an upload were left out for it, on request. Signals, thresholds and"
                            + " policy are those of the replay, not those of the time.");
        }
        point(html, "Models that were erased are not in it, neither as uploads nor as ancestors.");
        point(html, "Licences are read by a table of common readings. That is not legal advice.");
        return html.close().close();
    }

    Html documents() {
        var html = section("documents", "Documents").open("dl", "class", "facts");
        document(html, AuditReport.PAGE, "This page.");
        document(html, AuditReport.JSON, "Everything, upload by upload, for programs.");
        document(html, AuditReport.UPLOADS, "A line for each upload.");
        document(html, AuditReport.FINDINGS, "A line for each finding.");
        if (signed) {
            document(
                    html,
                    AuditReport.ENVELOPE,
                    "Names the others by their SHA-256, and is signed. To be checked with"
                            + " forebear replay verify DIR --key PUBLIC.pem");
        }
        html.close();
        if (!signed) {
            html.element("p", "The documents are not signed.", "class", "quiet");
        }
        return html.close();
    }

    Html policy() {
        return section("policy", "Policy")
                .open("p", "class", "quiet")
                .outside(replay.getPolicySource() + ", version " + replay.getPolicyVersion())
                .text(", as it was read.")
                .close()
                .open("pre", "tabindex", "0", "aria-label", "Text of the policy")
                .lines(replay.getPolicyText())
                .close()
                .close();
    }

    private static Html section(String id, String title) {
        return new Html().open("section", "id", id).element("h2", title);
    }

    private static void point(Html html, String sentence) {
        html.element("li", sentence);
    }

    private static void document(Html html, String name, String what) {
        html.open("div").element("dt", name).element("dd", what).close();
    }
}
