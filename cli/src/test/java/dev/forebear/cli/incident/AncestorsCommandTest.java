package dev.forebear.cli.incident;

import dev.forebear.cli.CommandContract;
import java.util.List;

class AncestorsCommandTest implements CommandContract {

    @Override
    public List<String> command() {
        return List.of("ancestors");
    }

    @Override
    public List<String> positionals() {
        return List.of("internal/helios-7b");
    }
}
