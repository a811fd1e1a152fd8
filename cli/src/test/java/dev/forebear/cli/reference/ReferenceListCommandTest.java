package dev.forebear.cli.reference;

import dev.forebear.cli.CommandContract;
import java.util.List;

class ReferenceListCommandTest implements CommandContract {

    @Override
    public List<String> command() {
        return List.of("reference", "list");
    }
}
