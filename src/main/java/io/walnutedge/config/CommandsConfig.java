package io.walnutedge.config;

/**
 * Section {@code commands}. Immutable; any thread.
 *
 * @param rate commands in a second, all together
 * @param ratePerOutput and for one output
 */
public record CommandsConfig(int rate, int ratePerOutput) {
    public static CommandsConfig from(Settings settings) {
        var config = new CommandsConfig(
                settings.integer("rate", 200, 1, 10_000), settings.integer("rate-per-output", 50, 1, 10_000));
        settings.finish();
        return config;
    }
}
