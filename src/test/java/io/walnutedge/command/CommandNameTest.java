package io.walnutedge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.command.CommandTopics.Kind;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.config.CommandWord;
import io.walnutedge.reading.ItemId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A name that the parser takes for something else is no name of an output: the list that refuses it is the parser's own. */
class CommandNameTest {
    static Stream<String> words() {
        return Stream.concat(
                Stream.of(CommandWord.values()).map(CommandWord::toString),
                Stream.of(
                        "on", "off", "toggle", "true", "false", "1", "0", "output", "outputs", "command", "sensor",
                        "all"));
    }

    @ParameterizedTest
    @MethodSource("words")
    void word_isAnOutputForTheParser_orRefusedAsItsName(String word) {
        var names = new CommandTargets(List.of(new ItemId(word)), Map.of(), Map.of());
        for (var state : List.of("ON", "OFF 5 s", "TOGGLE", "1")) {
            assertThat(isSwitched(names, word + " " + state))
                    .as("%s %s", word, state)
                    .isEqualTo(!CommandWord.written().contains(word));
        }
    }

    /** In another case a word is no word, and no id either. */
    @Test
    void wordInAnotherCase_isNoName() {
        for (var word : CommandWord.written()) {
            for (var i = 1; i < 1 << word.length(); i++) {
                var mixed = new StringBuilder(word);
                for (var at = 0; at < word.length(); at++) {
                    if ((i >> at & 1) == 1) {
                        mixed.setCharAt(at, word.toUpperCase(Locale.ROOT).charAt(at));
                    }
                }
                assertThat(CommandWord.of(mixed.toString())).isEmpty();
                assertThat(ItemId.isValid(mixed.toString())).isFalse();
            }
        }
    }

    private static boolean isSwitched(CommandTargets names, String text) {
        try {
            var command =
                    new CommandParser(names).parse(new Role("t", Kind.COMMAND, Optional.empty()), text.getBytes(UTF_8));
            return command.request() instanceof Command.Switch;
        } catch (RefusedException refused) {
            return false;
        }
    }
}
