package io.walnutedge.mqtt;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.reading.Reading;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A reading as the payload of a message. Stateless; any thread. */
final class PayloadWriter {
    /** RFC 3339 in UTC with milliseconds, always of the same form. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private PayloadWriter() {}

    static byte[] write(Reading reading, MeasurementConfig config) {
        var text = switch (config.format()) {
            case PLAIN -> reading.value().format(config.decimals());
            case JSON -> json(reading, config);
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@code {"value":21.46,"unit":"°C","time":"2026-01-02T03:04:05.678Z","seq":17,"quality":"good"}}, and
     * {@code "synced":false} at the end where the clock was not synchronized: the time is then what the system believed.
     */
    private static String json(Reading reading, MeasurementConfig config) {
        var json = new JsonWriter();
        var stamp = reading.stamp();
        var value = reading.value().format(config.decimals());
        if (reading.value().isNumber()) {
            json.putNumber("value", value);
        } else {
            json.put("value", value);
        }
        if (!config.unit().isEmpty()) {
            json.put("unit", config.unit());
        }
        json.put("time", TIME.format(stamp.wall()));
        json.put("seq", stamp.seq());
        json.put("quality", "good");
        if (!stamp.synced()) {
            json.put("synced", false);
        }
        return json.toString();
    }
}
