package io.walnutedge.sensor.serial;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.text.TextValues;
import io.walnutedge.sensor.text.TextValuesReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A device that writes lines of text: {@code type = serial, port = /dev/ttyUSB0, pattern = "T=(?<temperature>[-0-9.]+)"}, by
 * itself or when asked. Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class SerialDriver implements SensorDriver {
    private static final Duration USUAL = Duration.ofSeconds(3);
    /** Of a line at 9600 baud, and a question before it. */
    private static final Duration LEAST = Duration.ofMillis(100);

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MAX_QUESTION = 256;

    private final SerialConnection.Shop shop;

    public SerialDriver() {
        this(SerialConnection.Shop.KERNEL);
    }

    SerialDriver(SerialConnection.Shop shop) {
        this.shop = shop;
    }

    @Override
    public String name() {
        return "serial";
    }

    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var line = Line.ofAny(settings);
        var question = settings.optionalText("ask").map(text -> text.getBytes(StandardCharsets.UTF_8));
        if (question.isPresent() && question.get().length > MAX_QUESTION) {
            settings.problem("ask", "is longer than " + MAX_QUESTION + " bytes");
        }
        var timeout = settings.duration("timeout", USUAL, SHORTEST, LONGEST);
        var keys = new HashSet<>(Line.KEYS);
        keys.addAll(List.of("ask", "timeout"));
        if (!settings.has("pattern")) {
            settings.problem("pattern", "is required, as in \"T=(?<temperature>[-0-9.]+)\"");
        }
        var values = new TextValuesReader(settings, keys).read();
        return new SensorPlan(
                        new SerialSource(line.port()),
                        values.quantities(),
                        hardware -> new Opened(shop.open(line, hardware), question, timeout, values))
                .noSooner(LEAST);
    }

    private record Opened(SerialConnection wire, Optional<byte[]> question, Duration timeout, TextValues values)
            implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            if (question.isPresent()) {
                wire.ask(question.get());
            } else {
                wire.discard();
            }
            var search = new Search(wire.name(), values, question.isPresent());
            wire.take(timeout, search);
            if (search.found.isEmpty()) {
                throw search.fault(wire);
            }
            return search.found;
        }

        @Override
        public void close() {
            wire.close();
        }
    }

    /** The first line that the pattern matches. One thread. */
    private static final class Search implements SerialConnection.Taker {
        private final String name;
        private final TextValues values;
        private Lines lines;
        private boolean isFirst;
        private boolean hasBytes;
        private String last = "";
        private List<Measurement> found = List.of();

        /** @param asked a line that comes without a question may have begun before the read did */
        Search(String name, TextValues values, boolean asked) {
            this.name = name;
            this.values = values;
            this.lines = new Lines(!asked);
            this.isFirst = !asked;
        }

        @Override
        public boolean take(byte[] bytes, int count) throws SensorException, InterruptedException {
            if (isFirst && count == 0) {
                // the line was silent, so what comes next is a beginning
                lines = new Lines(false);
            }
            isFirst = false;
            hasBytes |= count > 0;
            lines.add(bytes, count);
            for (var line = lines.next(); line.isPresent() && found.isEmpty(); line = lines.next()) {
                last = line.get();
                found = values.find(last, name);
            }
            return !found.isEmpty();
        }

        SensorException fault(SerialConnection wire) {
            if (!hasBytes) {
                return wire.fault("nothing came in time");
            }
            return last.isEmpty()
                    ? wire.fault("no whole line of text came in time; is it another baud?")
                    : SensorException.seeing(last, name + ": no line came in time that the pattern matches");
        }
    }
}
