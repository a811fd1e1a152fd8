package dev.forebear.cli.evaluate;

import java.util.Locale;

/** Constants as people and programs read them: kebab-case. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
