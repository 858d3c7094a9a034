package io.walnutedge.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sixteen files that are read five times a second; eight of them fall ill at once, and recover. */
class SickFilesIT {
    private static final int FILES = 16;
    private static final int SICK = 8;
    private static final int READINGS = 10;

    /** What befalls a file. */
    enum Illness {
        FIFO_WITHOUT_WRITER {
            @Override
            void strike(Path file) throws IOException, InterruptedException {
                Files.delete(file);
                assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                        .isZero();
            }
        },
        VANISHED {
            @Override
            void strike(Path file) throws IOException {
                Files.delete(file);
            }
        },
        DIRECTORY {
            @Override
            void strike(Path file) throws IOException {
                Files.delete(file);
                Files.createDirectory(file);
            }
        },
        GARBAGE {
            @Override
            void strike(Path file) throws IOException {
                Files.write(file, new byte[] {(byte) 0xff, 0, 'x', (byte) 0xc0, '\n'});
            }
        },
        NAN {
            @Override
            void strike(Path file) throws IOException {
                Files.writeString(file, "nan\n");
            }
        },
        EMPTY {
            @Override
            void strike(Path file) throws IOException {
                Files.writeString(file, "");
            }
        },
        MEGABYTE_OF_DIGITS {
            @Override
            void strike(Path file) throws IOException {
                Files.writeString(file, "1".repeat(1 << 20));
            }
        };

        abstract void strike(Path file) throws IOException, InterruptedException;
    }

    @RegisterExtension
    private final Rig rig = new Rig("walnutpi/#");

    @BeforeEach
    void start() throws Exception {
        for (var i = 0; i < FILES; i++) {
            heal(i);
        }
        rig.start(IntStream.range(0, FILES)
                .mapToObj(i -> "f" + i + " { type = file, path = \"" + file(i) + "\", every = 200 ms, decimals = 0 }")
                .collect(Collectors.joining("\n", "sensors {\n", "\n}\n")));
        awaitMore(0, FILES, 2);
    }

    private Path file(int i) {
        return rig.directory().resolve("value" + i);
    }

    private void heal(int i) throws IOException {
        Files.deleteIfExists(file(i));
        Files.writeString(file(i), (100 + i) + "\n");
    }

    private List<String> values(int i) {
        return rig.seen().messages("walnutpi/t/f" + i + "/value");
    }

    private List<String> availability(int i) {
        return rig.seen().messages("walnutpi/t/f" + i + "/status");
    }

    /** Waits until each of the files has been read that many times more. */
    private void awaitMore(int from, int to, int count) {
        var before = IntStream.range(0, FILES).map(i -> values(i).size()).toArray();
        await().until(() -> {
            rig.housekeeping();
            return IntStream.range(from, to).allMatch(i -> values(i).size() >= before[i] + count);
        });
    }

    @ParameterizedTest
    @EnumSource
    void eightOfSixteen_doNotStopTheOthers_andComeBack(Illness illness) throws Exception {
        for (var i = 0; i < SICK; i++) {
            illness.strike(file(i));
        }
        for (var i = 0; i < SICK; i++) {
            var sick = i;
            await("availability of " + i).until(() -> {
                rig.housekeeping();
                return rig.seen().last("walnutpi/t/f" + sick + "/status").equals("offline");
            });
        }
        awaitMore(SICK, FILES, READINGS);
        for (var i = SICK; i < FILES; i++) {
            assertThat(availability(i)).as("availability of %d", i).containsOnly("online");
        }
        for (var i = 0; i < SICK; i++) {
            heal(i);
        }
        awaitMore(0, SICK, 2);
        for (var i = 0; i < SICK; i++) {
            assertThat(availability(i)).endsWith("offline", "online");
        }
        for (var i = 0; i < FILES; i++) {
            assertThat(values(i)).containsOnly(Integer.toString(100 + i));
        }
    }

    /** Sensors with nothing wrong must not notice at all: their readings keep coming while eight hang. */
    @Test
    void hangingFiles_doNotDelayHealthyOnes() throws Exception {
        for (var i = 0; i < SICK; i++) {
            Illness.FIFO_WITHOUT_WRITER.strike(file(i));
        }
        var before = values(FILES - 1).size();
        var started = System.nanoTime();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            rig.housekeeping();
            return values(FILES - 1).size() >= before + 5 * READINGS;
        });
        var slowest =
                IntStream.range(SICK, FILES).map(i -> values(i).size()).min().orElseThrow();
        assertThat(slowest).isGreaterThanOrEqualTo(values(FILES - 1).size() - 2);
        System.out.printf(
                "%d readings of each healthy file at 5/s took %.1f s%n",
                5 * READINGS, (System.nanoTime() - started) / 1e9);
    }
}
