package dev.forebear.cli.token;

import dev.forebear.cli.CommandContract;
import java.util.List;

class TokenListCommandTest implements CommandContract {

    @Override
    public List<String> command() {
        return List.of("token", "list");
    }
}
