package dev.forebear.cli.reference;

import dev.forebear.cli.CommandContract;
import java.util.List;

class ReferenceImportCommandTest implements CommandContract {

    @Override
    public List<String> command() {
        return List.of("reference", "import");
    }

    @Override
    public List<String> positionals() {
        return List.of("PATH");
    }
}
