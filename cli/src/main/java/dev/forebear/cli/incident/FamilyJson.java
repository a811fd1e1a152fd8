package dev.forebear.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.forebear.cli.console.JsonOutput;

/** A family as the instance answers it. */
final class FamilyJson implements FamilyFormat {

    private final ArrayNode members = JsonNodeFactory.instance.arrayNode();

    @Override
    public void take(JsonNode member) {
        members.add(member);
    }

    @Override
    public String words(JsonNode family) {
        var whole = JsonOutput.object();
        family.forEachEntry(whole::set);
        whole.set(MEMBERS, members);
        return JsonOutput.text(whole);
    }
}
