package io.walnutedge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walnutedge.command.CommandTopics.Kind;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.config.CommandWord;
import io.walnutedge.config.CommandsConfig;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.ValueRange;
import io.walnutedge.state.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How often, how fast, and by whom something may be commanded. */
class CommandFloorTest {
    private static final ItemId PUMP = new ItemId("pump");
    private static final Role ALL = new Role("w/d/command", Kind.COMMAND, Optional.empty());
    private static final Role ADMIN = new Role("admin/d", Kind.ADMIN, Optional.empty());
    /** Each word in each way that it can be written. */
    private static final Map<CommandWord, List<String>> WRITTEN = Map.of(
            CommandWord.SET,
            List.of("pump ON", "{\"output\":\"pump\",\"state\":\"ON\"}", "{\"outputs\":{\"pump\":\"ON\"}}"),
            CommandWord.READ,
            List.of("read", "read room", "{\"command\":\"read\"}", "{\"command\":\"read\",\"sensor\":\"room\"}"),
            CommandWord.INTERVAL,
            List.of("interval room 5 s", "{\"command\":\"interval\",\"sensor\":\"room\",\"every\":\"5 s\"}"),
            CommandWord.STATUS,
            List.of("status", "{\"command\":\"status\"}"),
            CommandWord.RELOAD,
            List.of("reload", "{\"command\":\"reload\"}"),
            CommandWord.RESTART,
            List.of("restart", "{\"command\":\"restart\"}"));

    @TempDir
    Path directory;

    private final CommandParser parser = new CommandParser(new CommandTargets(
            List.of(PUMP),
            Map.of(PUMP, ValueRange.PERCENT),
            Map.of(new ItemId("room"), IntervalBounds.OUTERMOST, new ItemId("slow"), bounds(2, 60))));
    private long now;

    private static IntervalBounds bounds(long shortest, long every) {
        return IntervalBounds.from(Duration.ofSeconds(shortest)).commanded(Duration.ofSeconds(every));
    }

    private Command parse(Role role, String payload) throws RefusedException {
        return parser.parse(role, payload.getBytes(UTF_8));
    }

    private Gatekeeper gatekeeper(StateFile state, String boot) {
        return new Gatekeeper(() -> Instant.EPOCH, () -> true, new LeastGaps(() -> now, state, boot));
    }

    /** How many of a flood at 50 a second are obeyed. */
    private int obeyed(Gatekeeper gatekeeper, String payload, Duration time) throws RefusedException {
        var obeyed = 0;
        for (var i = 0; i < time.toMillis() / 20; i++) {
            var command = parse(ALL, payload);
            try {
                gatekeeper.admit(command);
                gatekeeper.obeyed(command);
                obeyed++;
            } catch (RefusedException tooSoon) {
                assertThat(tooSoon.code()).isEqualTo(Refusal.RATE_LIMIT);
                assertThat(tooSoon.getMessage()).contains("is taken once in ", "; the next in ");
            }
            now += 20_000_000;
        }
        return obeyed;
    }

    @ParameterizedTest
    @CsvSource({"reload, 12", "restart, 1", "status, 60", "read, 60", "read room, 60", "interval room 5 s, 60"})
    void flood_isObeyedOnceInItsGap_byHoweverManyReloads(String payload, int most) throws Exception {
        var state = new StateFile(directory.resolve("state"));
        assertThat(obeyed(gatekeeper(state, "boot"), payload, Duration.ofMinutes(1)))
                .isEqualTo(most);
    }

    static Stream<CommandWord> counted() {
        return Arrays.stream(CommandWord.values()).filter(word -> word != CommandWord.SET);
    }

    private static List<String> written(CommandWord word) {
        return Objects.requireNonNull(WRITTEN.get(word));
    }

    /** Whatever a new word is, it has a gap. */
    @ParameterizedTest
    @MethodSource("counted")
    void everyWord_hasAGap_inEachSpelling_andSensorsEachTheirOwn(CommandWord word) throws Exception {
        for (var payload : written(word)) {
            var gatekeeper = gatekeeper(new StateFile(directory.resolve("state")), "boot");
            assertThat(obeyed(gatekeeper, payload, Duration.ofMillis(900)))
                    .as(payload)
                    .isEqualTo(1);
        }
        var gatekeeper = gatekeeper(new StateFile(directory.resolve("state")), "boot");
        for (var payload : List.of("read room", "read slow", "read", "interval room 5 s", "interval slow 5 s")) {
            assertThat(obeyed(gatekeeper, payload, Duration.ofMillis(20)))
                    .as(payload)
                    .isEqualTo(1);
        }
    }

    @Test
    void restart_isRememberedOverRestarts_notOverBoots() throws Exception {
        try (var state = new StateFile(directory.resolve("state"))) {
            state.start();
            assertThat(obeyed(gatekeeper(state, "one"), "restart", Duration.ofSeconds(1)))
                    .isEqualTo(1);
        }
        try (var state = new StateFile(directory.resolve("state"))) {
            state.start();
            assertThat(obeyed(gatekeeper(state, "one"), "restart", Duration.ofSeconds(50)))
                    .isZero();
            assertThat(obeyed(gatekeeper(state, "two"), "restart", Duration.ofSeconds(1)))
                    .isEqualTo(1);
        }
    }

    @Test
    void outputs_haveTheirRateAndNoGap() throws Exception {
        var gatekeeper = gatekeeper(new StateFile(directory.resolve("state")), "boot");
        assertThat(obeyed(gatekeeper, "pump ON", Duration.ofSeconds(1))).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({
        // the chip's bound, one second, or what is configured
        "2, 60, 1 s, 2 s to 1 h",
        "2, 60, 61 min, 2 s to 1 h",
        "2, 60, 10 ms, 2 s to 1 h",
        "2, 60, 1 d, 2 s to 1 h",
        "0, 60, 999 ms, 1 s to 1 h",
        "0, 7200, 121 min, 1 s to 2 h",
        "90, 10, 89 s, 90 s to 1 h"
    })
    void interval_staysInTheBoundsOfTheSensor(long shortest, long every, String asked, String accepted) {
        var bounds = bounds(shortest, every);
        assertThat(bounds).hasToString(accepted);
        var refused = catchThrowableOfType(RefusedException.class, () -> CommandFields.interval(asked, bounds));
        assertThat(refused).hasMessageContaining("accepted: " + accepted);
        assertThatCode(() -> CommandFields.interval("2 min", bounds)).doesNotThrowAnyException();
    }

    @Test
    void interval_ofASensorThatIsConfiguredToBeFaster_mayBeSoToo() {
        assertThat(IntervalBounds.OUTERMOST.commanded(Duration.ofMillis(50))).hasToString("50 ms to 1 h");
        assertThat(IntervalBounds.exactly(Duration.ofSeconds(1)).commanded(Duration.ofSeconds(1)))
                .hasToString("1 s only");
    }

    /** Each word alone: it is taken in each spelling, on each kind of topic, and no other is; the administrator may all. */
    @ParameterizedTest
    @EnumSource(CommandWord.class)
    void allow_takesTheWordAndNoOther_whateverTheWayIn(CommandWord allowed) throws Exception {
        var commands = CommandsConfig.from(
                ConfigFile.parse("allow = [" + allowed + "], admin-topic = admin/d", new Problems()));
        assertThat(CommandTopics.of(ALL.topic(), commands, List.of()))
                .extracting(Role::kind)
                .containsExactly(Kind.COMMAND, Kind.ADMIN);
        for (var word : CommandWord.values()) {
            for (var payload : written(word)) {
                var request = parse(ADMIN, payload).request();
                assertThat(request.word()).isEqualTo(word);
                ADMIN.requireAllowed(commands.allow(), request.word());
                assertThat(isTaken(commands, ALL, parse(ALL, payload)))
                        .as(payload)
                        .isEqualTo(word == allowed);
            }
        }
        for (var kind : List.of(Kind.SET, Kind.HOMIE_STATE, Kind.HOMIE_LEVEL, Kind.SET_ON_MS, Kind.SET_OFF_MS)) {
            var payload = kind == Kind.HOMIE_STATE ? "true" : kind == Kind.SET ? "ON" : "5";
            var role = new Role("t", kind, Optional.of(PUMP));
            assertThat(isTaken(commands, role, parse(role, payload)))
                    .as("%s", kind)
                    .isEqualTo(allowed == CommandWord.SET);
        }
    }

    private static boolean isTaken(CommandsConfig commands, Role role, Command command) {
        try {
            role.requireAllowed(commands.allow(), command.request().word());
            return true;
        } catch (RefusedException refused) {
            assertThat(refused.code()).isEqualTo(Refusal.NOT_ALLOWED);
            return false;
        }
    }

    @Test
    void allow_isAll_whereItIsNotGiven_andNothing_whereItIsEmpty() {
        assertThat(CommandsConfig.from(ConfigFile.parse("", new Problems())).allow())
                .containsExactlyInAnyOrder(CommandWord.values());
        assertThat(CommandsConfig.from(ConfigFile.parse("allow = []", new Problems()))
                        .allow())
                .isEmpty();
    }
}
