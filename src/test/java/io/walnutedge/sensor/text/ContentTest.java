package io.walnutedge.sensor.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.NoHardware;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.sysfs.FileDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reason that is published, and kept by the broker, has nothing in it of what was read. */
class ContentTest {
    /** Forms of what a file may hold that is nobody's business. */
    private static final List<String> SECRETS = List.of(
            "hunter2",
            "user:pass word",
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n",
            "nan-secret",
            "12:34:56-secret",
            "7".repeat(50),
            "1e9999",
            "-secret-5",
            "\u22127",
            "0x1Fsecret",
            "root:$6$abc$def:19000:0:99999:7:::",
            "[1,2",
            "a=1,5",
            "\u001b]0;x\u0007");

    @TempDir
    Path directory;

    private static String random(Random random) {
        var pieces =
                List.of("a", "7", ".", ",", "-", "e", "nan", "inf", " ", "\n", "$", ":", "é", "\u2212", "9".repeat(33));
        var text = new StringBuilder();
        for (var i = random.nextInt(9); i >= 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    /** Whatever it was, the message is one of a few. */
    @Test
    void numbers_haveAFewReasons_whateverTheContent() {
        var random = new Random(11);
        Set<String> reasons = new HashSet<>();
        for (var i = 0; i < 20_000; i++) {
            var text = i < SECRETS.size() ? SECRETS.get(i) : random(random);
            reason(() -> NumberText.only(text, "it"))
                    .map(ContentTest::withoutFigures)
                    .ifPresent(reasons::add);
            reason(() -> NumberText.whole(text, "it"))
                    .map(ContentTest::withoutFigures)
                    .ifPresent(reasons::add);
        }
        assertThat(reasons).hasSizeBetween(5, 7);
    }

    /** How long something was is not what it was. */
    private static String withoutFigures(String reason) {
        return reason.replaceAll("[0-9]+", "0");
    }

    private interface Read {
        void read() throws Exception;
    }

    private static Optional<String> reason(Read read) {
        try {
            read.read();
            return Optional.empty();
        } catch (SensorException why) {
            assertThat(why.inFull()).hasSizeLessThan(600);
            return Optional.of(String.valueOf(why.getMessage()));
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }

    private static Set<String> reasons(SensorDriver driver, List<String> settings) {
        Set<String> reasons = new HashSet<>();
        for (var each : settings) {
            var plan = driver.plan(ConfigFile.parse(each, new Problems()));
            reason(() -> {
                        try (var sensor = plan.opening().open(new NoHardware())) {
                            sensor.read();
                        }
                    })
                    .ifPresent(reasons::add);
        }
        return reasons;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pattern = \"(.*)\"", "pattern = \"never\", ", "pattern = \"(?s)(.*)\""})
    void file_tellsNothingOfItsContent(String more) throws Exception {
        var refused = 0;
        for (var secret : SECRETS) {
            var file = Files.writeString(directory.resolve("f"), secret);
            var reasons = reasons(new FileDriver(), List.of("path = \"" + file + "\"\n" + more));
            assertNoneOf(secret, reasons);
            refused += reasons.size();
        }
        assertThat(refused).isGreaterThan(SECRETS.size() / 2);
    }

    private static void assertNoneOf(String secret, Set<String> reasons) {
        for (var word : secret.split("[^A-Za-z0-9$:]+", -1)) {
            if (word.length() > 3) {
                assertThat(reasons).noneMatch(reason -> reason.contains(word));
            }
        }
    }

    /** An include may name any file; what is published of it is its place alone. */
    @Test
    void configuration_thatIsNone_isPublishedByItsPlaceAlone() throws Exception {
        for (var secret :
                List.of("hunter2", "user:pass word", "root:$6$abc$def:19000:0", "[1,2", "a { b", "${x", "=x")) {
            var file = Files.writeString(directory.resolve("secret"), secret);
            var main = Files.writeString(directory.resolve("a.conf"), "include \"" + file + "\"\n");
            for (var read : List.of(file, main)) {
                try {
                    ConfigFile.openWithParts(read, new Problems());
                } catch (ConfigException refused) {
                    assertThat(refused.problems())
                            .extracting(Problem::published)
                            .allSatisfy(told -> assertThat(told)
                                    .contains("secret:1")
                                    .doesNotContain("hunter", "user", "pass", "root", "$6", "{ b", "${x"));
                }
            }
        }
    }
}
