package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPrefixTest {
    private static final DeviceConfig DEVICE =
            new DeviceConfig("a", "", Path.of("/sys"), Path.of("/proc"), Path.of("/dev"));

    private static List<Problem> problems(String hocon) {
        var problems = new Problems();
        MqttConfig.from(ConfigFile.parse(hocon, problems), DEVICE);
        return problems.list();
    }

    @ParameterizedTest
    @CsvSource({
        "a/,a",
        "/a,a",
        "//a,a",
        "a//b,a/b",
        "a/b/,a/b",
        "/a/b//,a/b",
        "' a',a",
        "'a ',a",
        "a/\u3000,a",
        "'\u00a0a/b',a/b"
    })
    void emptyLevel_isAMistake_withTheCure(String prefix, String mended) {
        for (var key : List.of("topic-prefix", "discovery-prefix")) {
            assertThat(problems(key + " = \"" + prefix + "\""))
                    .as("%s", key)
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.path()).isEqualTo(key);
                        assertThat(problem.message()).contains("write \"" + mended);
                    });
        }
        assertThat(problems("homie-domain = \"" + mended + "/\""))
                .singleElement()
                .asString()
                .contains("without /");
    }

    @Test
    void slashAlone_isAMistake() {
        for (var prefix : List.of("/", "//")) {
            assertThat(problems("topic-prefix = \"" + prefix + "\""))
                    .singleElement()
                    .asString()
                    .contains("a / too many");
        }
    }

    @Test
    void prefixes_ofAnyText_areGood() {
        for (var prefix : List.of("a", "a/b/c", "温室/东", "a：b", "a b", "$aws")) {
            assertThat(problems("topic-prefix = \"" + prefix + "\", discovery-prefix = \"" + prefix + "\""))
                    .isEmpty();
        }
    }

    @Test
    void homeAssistantInCapitals_isAMistake() {
        for (var prefix : List.of("Homeassistant", "HomeAssistant", "HOMEASSISTANT")) {
            assertThat(problems("discovery-prefix = " + prefix))
                    .singleElement()
                    .asString()
                    .contains("capital letters count");
        }
        assertThat(problems("discovery-prefix = homeassistant")).isEmpty();
        assertThat(problems("discovery-prefix = Haus")).isEmpty();
    }

    /** A topic that is given whole may begin with a slash, as the board's own lesson has it. */
    @Test
    void topicGivenWhole_mayHaveAnyLevels() {
        assertThat(problems("status-topic = \"/public/walnutpi/1\"")).isEmpty();
    }
}
