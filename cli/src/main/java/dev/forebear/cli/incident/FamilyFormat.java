package dev.forebear.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;

/** Words a family, of which one may have ten thousands of members: each is told as it comes in, and then let go. */
interface FamilyFormat {

    /** Field of an answer that holds the members. */
    String MEMBERS = "items";

    /** Takes a member. */
    void take(JsonNode member);

    /**
     * The family in words.
     *
     * @param family what is said of all of it, without its members
     */
    String words(JsonNode family);
}
