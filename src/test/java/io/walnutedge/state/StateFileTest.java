package io.walnutedge.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.walnutedge.files.OwnFile;
import io.walnutedge.testkit.CapturedLog;
import io.walnutedge.testkit.Command;
import io.walnutedge.testkit.EveryLocale;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Its escapes and its checksum are written in numbers. */
    @Test
    void whatWasPut_isThereAfterARestart_inEveryLocale() throws Exception {
        var runs = new AtomicLong();
        keep("key", "\u0001\u001f\u6838 " + runs.get());
        EveryLocale.assertSame(() -> {
            try (var state = started(Duration.ofHours(1))) {
                assertThat(state.get("key")).contains("\u0001\u001f\u6838 " + runs.get());
                state.put("key", "\u0001\u001f\u6838 " + runs.incrementAndGet());
            }
            return Files.exists(directory.resolve("state.unreadable"));
        });
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
        assertThat(written(state, "a", "1")).contains("is not there");
        assertThat(written(state, "a", "1")).as("still not").contains("is not there");
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

    /** What somebody has put in the place of the daemon's file, and what it was to lead to. */
    private enum Planted {
        LINK_TO_A_FILE,
        LINK_TO_A_DIRECTORY,
        LINK_TO_NOTHING,
        HARD_LINK,
        PIPE,
        DIRECTORY;

        void at(Path path, Path outside) throws Exception {
            switch (this) {
                case LINK_TO_A_FILE -> Files.createSymbolicLink(path, outside.resolve("file"));
                case LINK_TO_A_DIRECTORY -> Files.createSymbolicLink(path, outside);
                case LINK_TO_NOTHING -> Files.createSymbolicLink(path, outside.resolve("new"));
                case HARD_LINK -> Files.createLink(path, outside.resolve("file"));
                case PIPE -> Command.output("mkfifo", path.toString());
                case DIRECTORY -> Files.createDirectory(path);
            }
        }
    }

    /** Each may be all that is left of a meter's total. */
    @Test
    void whatCannotBeRead_isKept_besideAllThatWasKeptBefore() throws Exception {
        var linked = Files.createSymbolicLink(directory.resolve("state.unreadable-2"), directory.resolve("nothing"));
        for (var name : List.of("", "-3", "-4")) {
            Files.createDirectory(file());
            Files.writeString(file().resolve("id"), name);
            keep("a", name);
            var kept = directory.resolve("state.unreadable" + name);
            assertThat(kept.resolve("id")).hasContent(name);
            assertThat(said()).last().asString().contains("it is kept as " + kept + ": to use it");
            Files.delete(file());
        }
        assertThat(Files.isSymbolicLink(linked)).isTrue();
        assertThat(directory.resolve("state.unreadable/id")).hasContent("");
    }

    @Test
    void whatCannotBeRead_isKeptAHundredTimes_andThenThatIsTold() throws Exception {
        for (var number = 1; number <= 100; number++) {
            Files.writeString(directory.resolve("state.unreadable" + (number == 1 ? "" : "-" + number)), "kept");
        }
        Files.createSymbolicLink(file(), directory.resolve("nothing"));
        keep("a", "1");
        assertThat(said()).singleElement().asString().contains("it is not kept, for 100 files from ");
        assertThat(Files.readString(file())).contains("a=1");
        try (var kept = Files.newDirectoryStream(directory, "state.unreadable*")) {
            assertThat(StreamSupport.stream(kept.spliterator(), false).toList())
                    .hasSize(100)
                    .allSatisfy(each -> assertThat(each).hasContent("kept"));
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatIsPlanted_isNeverWrittenThrough(String name, Planted planted) throws Exception {
        var outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("file"), "mine");
        planted.at(directory.resolve(name), outside);
        keep("a", "1");
        assertThat(outside.resolve("file")).hasContent("mine");
        try (var all = Files.list(outside)) {
            assertThat(all).hasSize(1);
        }
        var usable = planted != Planted.DIRECTORY || name.equals("state");
        assertThat(Files.isRegularFile(file(), LinkOption.NOFOLLOW_LINKS)).isEqualTo(usable);
        if (usable) {
            assertThat(Files.readString(file())).contains("a=1");
        }
    }

    private static Stream<Arguments> places() {
        return Stream.of("state", "state.new")
                .flatMap(name -> Stream.of(Planted.values()).map(planted -> Arguments.of(name, planted)));
    }

    /** Somebody takes the file away. */
    private enum Deed {
        DELETED,
        RENAMED,
        REPLACED,
        DIRECTORY_RENAMED;

        void to(Path file) throws IOException {
            switch (this) {
                case DELETED -> Files.delete(file);
                case RENAMED -> Files.move(file, file.resolveSibling("away"));
                case REPLACED -> {
                    Files.delete(file);
                    Files.writeString(file, "something else");
                }
                case DIRECTORY_RENAMED -> {
                    var parent = file.resolveSibling(".").normalize();
                    Files.move(parent, parent.resolveSibling("elsewhere"));
                    Files.createDirectory(parent);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void fileThatSomebodyTookAway_isWrittenAnew(Deed deed) throws IOException {
        var inside = Files.createDirectory(directory.resolve("inside")).resolve("state");
        try (var state = new StateFile(inside, Duration.ofMillis(50))) {
            state.start();
            state.put("a", "1");
            await().until(() -> Files.exists(inside));
            deed.to(inside);
            await().until(() -> Files.exists(inside) && Files.readString(inside).contains("a=1"));
        }
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void fileThatSomebodyTookAway_isWrittenAnewAtTheEnd(Deed deed) throws IOException {
        var inside = Files.createDirectory(directory.resolve("inside")).resolve("state");
        try (var state = new StateFile(inside, Duration.ofHours(1))) {
            state.start();
            state.put("a", "1");
            await().until(() -> Files.exists(inside));
            deed.to(inside);
        }
        assertThat(Files.readString(inside)).contains("a=1");
    }

    @Test
    void slowCard_isWaitedFor() throws Exception {
        var state = new StateFile(file(), Duration.ofHours(1), (path, content) -> {
            LockSupport.parkNanos(Duration.ofMillis(1_200).toNanos());
            OwnFile.replace(path, content);
        });
        state.start();
        state.put("counter.water", "1");
        state.put("counter.water", "2");
        state.close(Duration.ofSeconds(30));
        assertThat(Files.readString(file())).contains("counter.water=2");
        assertThat(said()).isEmpty();
    }

    @Test
    void cardThatIsTooSlow_isLeft_andWhatIsNotSavedIsTold() throws Exception {
        var stuck = new CountDownLatch(1);
        var state = new StateFile(file(), Duration.ofHours(1), (path, content) -> {
            try {
                stuck.await();
            } catch (InterruptedException ended) {
                throw new IOException(ended);
            }
        });
        state.start();
        state.put("counter.water", "1");
        state.put("output.pump", "ON");
        state.close(Duration.ofMillis(1_100));
        assertThat(said()).singleElement().asString().contains("not saved within 1 s", "counter.water, output.pump");
        stuck.countDown();
    }

    @Test
    void cardThatFails_isTold_andWhatIsNotSaved() {
        var state = new StateFile(file(), Duration.ofHours(1), (path, content) -> {
            throw new FileSystemException(path.toString(), null, "Input/output error");
        });
        state.start();
        state.put("counter.water", "1");
        state.close(Duration.ofSeconds(30));
        assertThat(said()).hasSize(2).first().asString().contains("Input/output error (the card may be worn out");
        assertThat(said().get(1)).contains("not saved at the end", "counter.water");
    }

    @Test
    void flush_doesNotWaitForTheMinute() throws IOException {
        try (var state = started(Duration.ofHours(1))) {
            state.put("a", "1");
            await().until(() -> Files.exists(file()));
            state.put("a", "2");
            state.flush();
            await().until(() -> Files.readString(file()).contains("a=2"));
        }
    }

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(StateFile.class);

    private List<String> said() {
        return log.list().stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Whatever is put: what is saved can be loaded again, all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "=", "\u6838", "\ud83c\udf31"})
    void theSaved_isNeverLargerThanWhatIsLoaded(String text) throws IOException {
        var value = text.repeat(1000);
        var kept = 0;
        try (var state = started(Duration.ofHours(1))) {
            for (var i = 0; i < 2000; i++) {
                state.put("key" + i, value);
                kept += state.get("key" + i).isPresent() ? 1 : 0;
            }
            state.put("key0", "1");
            state.put("last", "2");
        }
        assertThat(kept).isBetween(80, 1100);
        assertThat(Files.size(file())).isLessThanOrEqualTo(1 << 20);
        try (var state = started(Duration.ofHours(1))) {
            assertThat(state.get("key0")).contains("1");
            assertThat(state.get("last")).contains("2");
            assertThat(state.get("key" + (kept - 1))).contains(value);
            assertThat(state.get("key" + kept)).isEmpty();
        }
        assertThat(log.list()).anyMatch(event -> event.getFormattedMessage().contains("is not kept any more"));
    }

    /** A word that has to be kept before it is obeyed is refused. */
    @Test
    void putNow_withoutRoom_saysSo() {
        var told = new LinkedBlockingQueue<String>();
        try (var state = started(Duration.ofHours(1))) {
            state.putNow("outputs.pump.desired", "x".repeat(1 << 20), told::add);
            assertThat(told.poll()).contains("larger than 1048576 bytes");
            state.putNow("outputs.pump.desired", "x", told::add);
            await().until(() -> "".equals(told.peek()));
        }
    }

    @Test
    void whatLeft_isKeptForItsReturn_untilAHundredOthersLeft() {
        try (var state = started(Duration.ofHours(1))) {
            for (var i = 0; i < 150; i++) {
                state.put("inputs.i" + i + ".total", Integer.toString(i));
            }
            state.put("discovery", "stays");
            state.configured(key -> !key.equals("inputs.i7.total"));
        }
        try (var state = started(Duration.ofHours(1))) {
            state.configured(key -> !key.startsWith("inputs.i7."));
            assertThat(state.get("inputs.i7.total")).as("after a restart").contains("7");
            state.configured(key -> true);
            assertThat(state.get("inputs.i7.total")).as("it came back").contains("7");
            state.configured(key -> !key.equals("inputs.i8.total"));
            state.configured(key -> !key.matches("inputs\\.i[89]\\.total"));
            state.configured(key -> !key.startsWith("inputs."));
        }
        try (var state = started(Duration.ofHours(1))) {
            assertThat(state.get("discovery")).contains("stays");
            assertThat(state.get("inputs.i8.total")).as("it left first").isEmpty();
            assertThat(state.get("inputs.i9.total")).isEmpty();
            assertThat(IntStream.range(0, 150)
                            .filter(i -> state.get("inputs.i" + i + ".total").isPresent()))
                    .hasSize(100);
        }
    }

    /** A plant that is renamed for ever does not fill the file. */
    @Test
    void whatLeft_makesRoomForWhatIsThere() throws IOException {
        try (var state = started(Duration.ofHours(1))) {
            for (var i = 0; i < 2000; i++) {
                var key = "sensors.s" + i + ".energy";
                state.put(key, "x".repeat(100_000));
                assertThat(state.get(key)).isPresent();
                state.configured(each -> each.equals(key));
            }
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(1 << 20);
    }
}
