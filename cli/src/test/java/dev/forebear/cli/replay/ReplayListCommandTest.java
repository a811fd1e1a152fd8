package dev.forebear.cli.replay;

import dev.forebear.cli.CommandContract;
import java.util.List;

/** What it lists, {@link ReplayCommandTest} shows. */
class ReplayListCommandTest implements CommandContract {

    @Override
    public List<String> command() {
        return List.of("replay", "list");
    }
}
