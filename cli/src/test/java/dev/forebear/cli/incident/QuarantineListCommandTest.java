package dev.forebear.cli.incident;

import dev.forebear.cli.CommandContract;
import java.util.List;

class QuarantineListCommandTest implements CommandContract {

    @Override
    public List<String> command() {
        return List.of("quarantine", "list");
    }
}
