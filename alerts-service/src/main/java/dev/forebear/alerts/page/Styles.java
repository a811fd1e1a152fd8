package dev.forebear.alerts.page;

/** The styles that documents share with the page. */
public final class Styles {

    private Styles() {}

    /** Colours and letters, for light and dark. */
    public static String palette() {
        return PageFiles.text("css/palette.css");
    }

    /** The pictures of evidence. */
    public static String evidence() {
        return PageFiles.text("css/evidence.css");
    }
}
