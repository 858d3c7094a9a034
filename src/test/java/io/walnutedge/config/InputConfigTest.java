package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.ItemId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputConfigTest {
    private final Problems problems = new Problems();

    private InputConfig read(String keys) {
        var root = ConfigFile.parse("device.id = a\nmqtt { format = json }\nx {\n" + keys + "\n}", problems);
        var mqtt = MqttConfig.from(root.sectionOrEmpty("mqtt"), DeviceConfig.from(root.sectionOrEmpty("device")));
        var settings = root.sectionOrEmpty("x");
        var config = InputConfig.from(settings, new ItemId("key"), mqtt);
        settings.finish();
        return config;
    }

    private List<String> mistakes(String keys) {
        read(keys);
        return problems.list().stream()
                .map(problem ->
                        problem.where().replaceFirst(".*: *", "") + " " + problem.path() + ": " + problem.message())
                .toList();
    }

    private InputConfig good(String keys) {
        var config = read(keys);
        assertThat(problems.list()).isEmpty();
        return config;
    }

    private InputConfig.Counter counter(String keys) {
        return good("pin = 7, type = counter\n" + keys).counter().orElseThrow();
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void contact_hasDefaults_andNoEvents() {
        var config = good("pin = 7");
        assertThat(config.debounce()).isEqualTo(new InputConfig.Debounce(millis(20), millis(20)));
        assertThat(config.counter()).isEmpty();
        assertThat(config.contact()).hasValueSatisfying(contact -> {
            assertThat(contact.topic()).isEqualTo("walnutpi/a/key");
            assertThat(contact.events()).isEmpty();
            assertThat(contact.retain()).isTrue();
        });
    }

    @Test
    void debounce_isOneTime_orTwo() {
        assertThat(good("pin = 7, debounce = 1 s").debounce())
                .isEqualTo(new InputConfig.Debounce(millis(1_000), millis(1_000)));
        assertThat(good("pin = 7, debounce { on = 50 ms, off = 200 ms }").debounce())
                .isEqualTo(new InputConfig.Debounce(millis(50), millis(200)));
        assertThat(good("pin = 7, debounce { off = 0 s }").debounce())
                .isEqualTo(new InputConfig.Debounce(millis(20), millis(0)));
    }

    @Test
    void debounce_thatIsWrong_isToldAtItsLine() {
        assertThat(mistakes("pin = 7\ndebounce { on = 50\noof = 1 s }"))
                .containsExactly(
                        "5 x.debounce.on: 50 has no unit; write 50 s if you mean seconds",
                        "6 x.debounce.oof: unknown key; did you mean 'off'?");
    }

    @ParameterizedTest
    @CsvSource({"0 s, 20", "50 ms, 25", "1 s, 50", "'{ on = 60 ms, off = 1 s }', 30"})
    void contactWithoutEdges_isReadOftenEnoughForItsDebounce(String debounce, int pollMillis) {
        assertThat(good("pin = 7, debounce = " + debounce).poll()).hasMillis(pollMillis);
    }

    @Test
    void events_comeWithTheirTimes_orAlone() {
        assertThat(good("pin = 7, long-press = 1 s, double-click = 400 ms, event-format = json")
                        .contact()
                        .flatMap(InputConfig.Contact::events))
                .hasValueSatisfying(events -> {
                    assertThat(events.topic()).isEqualTo("walnutpi/a/key/event");
                    assertThat(events.format()).isEqualTo(PayloadFormat.JSON);
                    assertThat(events.longPress()).contains(millis(1_000));
                    assertThat(events.doubleClick()).contains(millis(400));
                });
        assertThat(good("pin = 7, topic = K, events = true").contact().flatMap(InputConfig.Contact::events))
                .hasValueSatisfying(events -> {
                    assertThat(events.topic()).isEqualTo("K/event");
                    assertThat(events.longPress()).isEmpty();
                    assertThat(events.format()).isEqualTo(PayloadFormat.PLAIN);
                });
    }

    @Test
    void eventKeys_withoutEvents_areMistakes() {
        assertThat(mistakes("pin = 7\nevent-format = json"))
                .singleElement()
                .asString()
                .startsWith("5 x.event-format: there are no events");
    }

    @Test
    void times_withoutEvents_areMistakes() {
        assertThat(mistakes("pin = 7, long-press = 1 s\nevents = off"))
                .singleElement()
                .asString()
                .startsWith("5 x.events: long-press and double-click are events");
    }

    @Test
    void timeOfAClick_outOfRange_isAMistake() {
        assertThat(mistakes("pin = 7\nlong-press = 1 ms\ndouble-click = 1 min"))
                .containsExactly(
                        "5 x.long-press: \"1 ms\" is out of range; accepted: 100 ms to 1 min",
                        "6 x.double-click: \"1 min\" is out of range; accepted: 50 ms to 10 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull = up", "pull-up = true", "pull-down = on", "bias = pull-up"})
    void pullResistor_isRefusedWithWhatToDo(String key) {
        for (var type : List.of("gpio", "counter")) {
            assertThat(mistakes("pin = 7, type = " + type + "\n" + key))
                    .last()
                    .asString()
                    .startsWith("5 x." + key.replaceAll(" .*", "") + ": ")
                    .contains("sysfs", "10 kOhm", "device-tree overlay", "bias-pull-up")
                    .doesNotContain("unknown key");
        }
    }

    @Test
    void counter_hasTotalAndRate() {
        var counter = counter("");
        assertThat(counter.every()).hasSeconds(10);
        assertThat(counter.total())
                .isEqualTo(new MeasurementConfig(
                        "total",
                        true,
                        Duration.ofSeconds(10),
                        "walnutpi/a/key/total",
                        "",
                        0,
                        1,
                        0,
                        PayloadFormat.JSON,
                        1,
                        false,
                        Replay.ALL,
                        Template.NONE,
                        EntityConfig.DEFAULT));
        assertThat(counter.rate().topic()).isEqualTo("walnutpi/a/key/rate");
        assertThat(counter.rate().unit()).isEqualTo("Hz");
        assertThat(counter.rate().decimals()).isEqualTo(2);
        assertThat(good("pin = 7, type = counter").debounce())
                .isEqualTo(new InputConfig.Debounce(millis(5), millis(5)));
    }

    @Test
    void waterMeter_tellsLitres_andLitresPerMinute() {
        var counter = counter("factor = 10, unit = l, rate { factor = 60, unit = l/min, decimals = 1, every = 1 min }");
        assertThat(counter.factor()).isEqualTo(10);
        assertThat(counter.total().unit()).isEqualTo("l");
        assertThat(counter.total().factor()).isEqualTo(1);
        assertThat(counter.total().decimals()).isZero();
        assertThat(counter.rate().unit()).isEqualTo("l/min");
        assertThat(counter.rate().every()).hasMinutes(1);
    }

    @Test
    void factorThatIsNotWhole_hasDecimals() {
        var counter = counter("factor = 0.001, unit = kWh");
        assertThat(counter.total().decimals()).isEqualTo(3);
        assertThat(counter.rate().unit()).isEqualTo("kWh/s");
        assertThat(counter("factor = 0.001, decimals = 1").total().decimals()).isEqualTo(1);
    }

    @Test
    void anemometer_tellsItsRateAlone() {
        var counter = counter("total { enabled = false }, rate { factor = 0.667, unit = m/s }, topic = wind");
        assertThat(counter.measurements()).extracting(MeasurementConfig::topic).containsExactly("wind/rate");
    }

    @Test
    void counterThatTellsNothing_isAMistake() {
        assertThat(mistakes("pin = 7, type = counter, total { enabled = off }, rate { enabled = off }"))
                .singleElement()
                .asString()
                .contains("neither total nor rate");
    }

    @Test
    void keysOfTheOtherType_areToldAsSuch() {
        assertThat(mistakes("pin = 7, type = counter\nlong-press = 1 s"))
                .containsExactly("5 x.long-press: belongs to type = gpio");
        assertThat(mistakes("pin = 7\nfactor = 2\ntotal { decimals = 1 }"))
                .endsWith("5 x.factor: belongs to type = counter", "6 x.total: belongs to type = counter");
    }

    @Test
    void mistakesOfACounter_haveTheirLines() {
        assertThat(mistakes("pin = 7, type = counter\nevery = 10\nrate { facktor = 60 }\ntotal { every = 15 s }"))
                .containsExactly(
                        "5 x.every: 10 has no unit; write 10 s if you mean seconds",
                        "6 x.rate.facktor: unknown key; did you mean 'factor'?",
                        "7 x.total.every: must be a whole multiple of the sensor's own every, 10 s");
    }
}
