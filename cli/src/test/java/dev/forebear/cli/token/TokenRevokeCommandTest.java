package dev.forebear.cli.token;

import dev.forebear.cli.CommandContract;
import java.util.List;

class TokenRevokeCommandTest implements CommandContract {

    @Override
    public List<String> command() {
        return List.of("token", "revoke");
    }

    @Override
    public List<String> positionals() {
        return List.of("fb_7k2m9q4x1c8v5b3n");
    }
}
