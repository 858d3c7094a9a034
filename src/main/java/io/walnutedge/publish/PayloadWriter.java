package io.walnutedge.publish;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.Template;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.outbox.log.Gap;
import io.walnutedge.outbox.log.Loss;
import io.walnutedge.reading.Reading;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

    /** @param historical whether the reading waited while the broker was away */
    static byte[] write(Reading reading, MeasurementConfig config, boolean historical) {
        var text = switch (config.format()) {
            case PLAIN -> reading.value().format(config.decimals());
            case JSON -> json(reading, config, historical);
            case TEMPLATE -> config.template().render(field -> field(field, reading, config, historical));
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@code {"value":21.46,"unit":"°C","time":"2026-01-02T03:04:05.678Z","seq":17,"quality":"good"}}, and
     * {@code "historical":true} where it waited; {@code "synced":false,"uptime":12.345} at the end where the clock was not
     * synchronized and is not yet: the time is then what the system believed, and the uptime, in seconds, is right.
     */
    private static String json(Reading reading, MeasurementConfig config, boolean historical) {
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
        if (historical) {
            json.put("historical", true);
        }
        if (!stamp.synced()) {
            json.put("synced", false);
            json.putNumber("uptime", seconds(stamp.monotonicNanos()));
        }
        return json.toString();
    }

    private static String field(Template.Field field, Reading reading, MeasurementConfig config, boolean historical) {
        var wall = reading.stamp().wall();
        return switch (field) {
            case VALUE -> reading.value().format(config.decimals());
            case UNIT -> config.unit();
            case SENSOR -> reading.sensor().value();
            case QUANTITY -> reading.quantity();
            case SEQ -> Long.toString(reading.stamp().seq());
            case TIME -> TIME.format(wall);
            case TIME_MS -> Long.toString(wall.toEpochMilli());
            case TIME_S -> Long.toString(wall.getEpochSecond());
            case HISTORICAL -> Boolean.toString(historical);
        };
    }

    /** Of Linux's monotonic clock, which begins at boot, with milliseconds. */
    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).setScale(3, RoundingMode.HALF_UP).toPlainString();
    }

    /**
     * {@code {"sensor":"room","dropped":12,"reason":"full","from":"2026-01-02T03:04:05.678Z","to":"2026-01-02T03:05:05.678Z"}}
     */
    static byte[] gap(String sensor, Gap gap) {
        var json = new JsonWriter();
        json.put("sensor", sensor);
        json.put("dropped", gap.count());
        json.put("reason", reason(gap.why()));
        json.put("from", TIME.format(gap.from()));
        json.put("to", TIME.format(gap.to()));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String reason(Loss why) {
        return switch (why) {
            case FULL -> "full";
            case TOO_OLD -> "too-old";
            case FILES_GONE -> "files-gone";
            case NOT_CONFIGURED -> "not-configured";
            case UNREADABLE -> "unreadable";
            case TOO_LARGE -> "too-large";
        };
    }
}
