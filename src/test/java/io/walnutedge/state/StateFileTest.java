package io.walnutedge.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("state");
    }

    private StateFile started(Duration every) {
        var state = new StateFile(file(), every);
        state.start();
        return state;
    }

    private void keep(String key, String value) {
        try (var state = started(Duration.ofHours(1))) {
            state.put(key, value);
        }
    }

    @Test
    void whatWasPut_isThereAfterARestart() {
        keep("outputs.pump", "ON = \\ # \u6838\u6843\n: !");
        try (var state = started(Duration.ofHours(1))) {
            assertThat(state.get("outputs.pump")).contains("ON = \\ # \u6838\u6843\n: !");
            assertThat(state.get("other")).isEmpty();
        }
    }

    @Test
    void firstChange_isWrittenAtOnce_andFurtherOnesLater() throws IOException {
        try (var state = started(Duration.ofHours(1))) {
            state.put("a", "1");
            await().until(() -> Files.exists(file()));
            var written = Files.readString(file());
            state.put("a", "2");
            state.put("b", "3");
            assertThat(Files.readString(file())).isEqualTo(written);
        }
        assertThat(Files.readString(file())).contains("a=2", "b=3");
    }

    @Test
    void whatDidNotChange_isNotWritten() throws IOException {
        keep("a", "1");
        var before = Files.getLastModifiedTime(file());
        Files.setLastModifiedTime(file(), FileTime.fromMillis(1_000));
        keep("a", "1");
        assertThat(Files.getLastModifiedTime(file()).toMillis()).isEqualTo(1_000);
        assertThat(before.toMillis()).isGreaterThan(1_000);
    }

    @Test
    void everyDamage_countsAsEmpty_andIsWrittenAnew() throws IOException {
        keep("a", "12345");
        var sound = Files.readAllBytes(file());
        for (var at = 0; at < sound.length; at++) {
            var damaged = sound.clone();
            damaged[at] ^= 4;
            Files.write(file(), damaged);
            try (var state = started(Duration.ofHours(1))) {
                assertThat(state.get("a").orElse("12345")).as("byte %d", at).isEqualTo("12345");
            }
        }
        for (var length = 0; length < sound.length - 1; length++) {
            Files.write(file(), Arrays.copyOf(sound, length));
            try (var state = started(Duration.ofHours(1))) {
                assertThat(state.get("a")).as("length %d", length).isEmpty();
            }
        }
        keep("a", "6");
        try (var state = started(Duration.ofHours(1))) {
            assertThat(state.get("a")).contains("6");
        }
    }

    @Test
    void directoryThatIsMissing_harmsNobody_andIsTriedAgain() throws IOException {
        var later = directory.resolve("later");
        var state = new StateFile(later.resolve("state"), Duration.ofMillis(10));
        state.start();
        state.put("a", "1");
        assertThat(state.get("a")).contains("1");
        Files.createDirectory(later);
        await().until(() -> Files.exists(later.resolve("state")));
        state.close();
        state.close();
    }

    private String written(StateFile state, String key, String value) throws InterruptedException {
        var told = new LinkedBlockingQueue<String>();
        state.putNow(key, value, why -> told.add(why.isEmpty() ? "written" : why));
        return String.valueOf(told.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void whatCannotWait_isOnTheCardWhenThatIsTold_howeverOften() throws Exception {
        try (var state = started(Duration.ofHours(1))) {
            for (var i = 0; i < 50; i++) {
                state.put("other", Integer.toString(i));
                assertThat(written(state, "a", "value" + i)).isEqualTo("written");
                assertThat(Files.readString(file())).contains("a=value" + i + "\n", "other=" + i + "\n");
                assertThat(written(state, "a", "value" + i))
                        .as("it is there already")
                        .isEqualTo("written");
            }
        }
    }

    @Test
    void whatCannotWait_andCannotBeWritten_saysWhy() throws Exception {
        var state = new StateFile(directory.resolve("later").resolve("state"), Duration.ofHours(1));
        state.start();
        assertThat(written(state, "a", "1")).contains("NoSuchFileException");
        assertThat(written(state, "a", "1")).as("still not").contains("NoSuchFileException");
        Files.createDirectory(directory.resolve("later"));
        assertThat(written(state, "a", "1")).isEqualTo("written");
        state.close();
        assertThat(written(state, "a", "2")).isEqualTo("the daemon is stopping");
    }

    @Test
    void whatCannotWait_isToldAlsoByTheLastWrite() throws Exception {
        for (var round = 0; round < 50; round++) {
            var told = new LinkedBlockingQueue<String>();
            var value = "r" + round;
            try (var state = started(Duration.ofHours(1))) {
                state.putNow("a", value, told::add);
            }
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEmpty();
            assertThat(Files.readString(file())).contains("a=" + value);
        }
    }

    @Test
    void stateThatKeepsNothing_hasNothingToWaitFor() throws Exception {
        assertThat(written(new StateFile(file()), "a", "1")).isEqualTo("written");
        assertThat(file()).doesNotExist();
    }
}
