package io.walnutedge.sensor.serial;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Winsen MH-Z19B and MH-Z19C: CO2 (MH-Z19B user's manual V1.6, UART output). Stateless; any thread. The plan knows when the
 * sensor has warmed up, and is for one thread at a time.
 */
@AutoService(SensorDriver.class)
public final class MhZ19 implements SensorDriver {
    private static final int READ = 0x86;
    private static final int SELF_CALIBRATION = 0x79;
    private static final int SELF_CALIBRATION_ON = 0xa0; // 0 is off
    private static final int RANGE = 0x99; // in the last two bytes of its five, the higher first
    private static final int MOST = 10_000; // the widest range: 0 to 10000 ppm

    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration PREHEAT = Duration.ofMinutes(3); // technical parameters: preheat time

    private final SerialConnection.Shop shop;

    public MhZ19() {
        this(SerialConnection.Shop.KERNEL);
    }

    MhZ19(SerialConnection.Shop shop) {
        this.shop = shop;
    }

    @Override
    public String name() {
        return "mh-z19";
    }

    @Override
    public String title() {
        return "Winsen MH-Z19B, MH-Z19C";
    }

    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var line = Line.of(settings);
        var warmUp = new WarmUp(
                settings.duration("warm-up", PREHEAT, Duration.ZERO, Duration.ofMinutes(30)), shop.nanoTime());
        var orders = orders(settings);
        return new SensorPlan(
                        new SerialSource(line.port()),
                        List.of(Quantity.CO2),
                        hardware -> open(line, hardware, warmUp, orders))
                .noSooner(ANSWER)
                .intermittent();
    }

    private static List<byte[]> orders(ConfigTable settings) {
        var orders = new ArrayList<byte[]>();
        if (settings.has("self-calibration")) {
            var on = settings.flag("self-calibration", true);
            orders.add(command(SELF_CALIBRATION, on ? SELF_CALIBRATION_ON : 0, 0, 0, 0, 0));
        }
        settings.optionalInteger("range", 0, MOST).ifPresent(range -> {
            if (!List.of(2000, 5000, MOST).contains(range)) {
                settings.problem("range", range + " is none that it has; accepted: 2000, 5000, 10000");
            }
            orders.add(command(RANGE, 0, 0, 0, range >> 8, range & 0xff));
        });
        return orders;
    }

    private Sensor open(Line line, Hardware hardware, WarmUp warmUp, List<byte[]> orders)
            throws SensorException, InterruptedException {
        SerialConnection wire;
        try {
            wire = shop.open(line, hardware);
        } catch (SensorException missing) {
            warmUp.away();
            throw missing;
        }
        var isReady = false;
        try {
            for (var order : orders) {
                wire.ask(order);
                // some versions answer
                wire.awaitSilence(ANSWER);
            }
            isReady = true;
            return new Opened(wire, warmUp);
        } finally {
            if (!isReady) {
                wire.close();
            }
        }
    }

    /** 0xff, the sensor's number 1, the command, five bytes and the checksum. */
    private static byte[] command(int... commandAndData) {
        var bytes = new byte[9];
        bytes[0] = (byte) 0xff;
        bytes[1] = 1;
        for (var i = 0; i < commandAndData.length; i++) {
            bytes[2 + i] = (byte) commandAndData[i];
        }
        bytes[8] = checksum(bytes);
        return bytes;
    }

    /** Checksum and calculation: the negative of the sum of bytes 1 to 7. */
    private static byte checksum(byte[] bytes) {
        var sum = 0;
        for (var i = 1; i <= 7; i++) {
            sum += bytes[i];
        }
        return (byte) -sum;
    }

    private static final class Format implements Frames.Format {
        @Override
        public int length() {
            return 9;
        }

        @Override
        public byte[] header() {
            return new byte[] {(byte) 0xff, (byte) READ};
        }

        @Override
        public boolean isRight(byte[] frame) {
            return frame[8] == checksum(frame);
        }
    }

    private record Opened(SerialConnection wire, WarmUp warmUp) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var ppm = ppm();
            var left = warmUp.left();
            if (left.compareTo(Duration.ZERO) > 0) {
                var seconds = Duration.ofSeconds(left.plusNanos(999_999_999).toSeconds());
                throw new NoValueException(
                        wire.name() + ": the sensor warms up; its values count in " + TimeText.of(seconds));
            }
            if (ppm > MOST) {
                throw wire.fault(ppm + " ppm is beyond what it measures, 0 to " + MOST);
            }
            return List.of(Measurement.of(Quantity.CO2, ppm));
        }

        private int ppm() throws SensorException, InterruptedException {
            try {
                wire.ask(command(READ, 0, 0, 0, 0, 0));
                var frame = Frames.await(wire, new Format(), ANSWER);
                return ((frame[2] & 0xff) << 8) | (frame[3] & 0xff);
            } catch (Frames.SilenceException silence) {
                warmUp.silent();
                throw silence;
            }
        }

        @Override
        public void close() {
            wire.close();
        }
    }
}
