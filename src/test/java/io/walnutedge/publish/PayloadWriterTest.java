package io.walnutedge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.Stamp;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.testkit.EveryLocale;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PayloadWriterTest {
    @Test
    void payloads_areTheSameInEveryLocale() throws Exception {
        var configs = List.of(
                config("", "format = json, decimals = 2"),
                config("", "decimals = 3"),
                config("", "template = \"{time} {time-s} {time-ms} {seq} {value} {sensor} {quantity}\", decimals = 1"));
        EveryLocale.assertSame(() -> configs.stream()
                .flatMap(config ->
                        Stream.of(-1234567.25, 1e-5, 98.5, 1e15).map(number -> written(config, Value.of(number), true)))
                .toList());
    }

    private static final Stamp STAMP = new Stamp("boot", 17, 1, Instant.parse("2026-01-02T03:04:05.678Z"), true);

    private static MeasurementConfig config(String mqtt, String sensor) throws Exception {
        var problems = new Problems();
        var hocon = "mqtt { " + mqtt + " }, sensors { s { type = text, text = \"7\", " + sensor + " } }";
        var plan = new PlanReader(Drivers.installed(), (device, pin) -> pin)
                .read(ConfigFile.parse(hocon, problems), problems);
        return plan.sensors().get(0).measurements().values().iterator().next();
    }

    private static String written(MeasurementConfig config, Value value, boolean historical) {
        var reading = new Reading(new ItemId("room"), "temperature", value, STAMP);
        return new String(PayloadWriter.write(reading, config, historical), StandardCharsets.UTF_8);
    }

    @Test
    void template_ofMqttHoldsForAll_untilASensorSaysOtherwise() throws Exception {
        var mqtt = "template = \"\"\"{\"ts\":{time-ms},\"values\":{\"{sensor}_{quantity}\":{value}}}\"\"\"";
        var number = Value.of(21.456);
        assertThat(written(config(mqtt, "decimals = 1"), number, false))
                .isEqualTo("{\"ts\":1767323045678,\"values\":{\"room_temperature\":21.5}}");
        assertThat(written(config(mqtt, "format = plain, decimals = 2"), number, false))
                .isEqualTo("21.46");
        var own = "template = \"{seq} {time} {time-s} {historical} {value}{unit}\", unit = K, decimals = 0";
        assertThat(written(config(mqtt, own), number, true))
                .isEqualTo("17 2026-01-02T03:04:05.678Z 1767323045 true 21K");
    }
}
