package io.walnutedge.sensor.serial;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Plantower PMS5003 in its active mode, in which it sends by itself: mass of particles in the air (PMS5003 series data
 * manual V2.3, appendix I). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Pms5003 implements SensorDriver {
    /** Output result: it sends each 2.3 s at the longest; one frame may be cut by the beginning of the read. */
    private static final Duration PERIOD = Duration.ofSeconds(1); // active mode: 200 to 800 ms, or 2.3 s in still air

    private static final Duration TWO_FRAMES = Duration.ofSeconds(5);

    private static final int STANDARD = 4; // data 1 to 3: CF=1, standard particle
    private static final int ATMOSPHERE = 10; // data 4 to 6: under atmospheric environment

    private static final List<Quantity> IN_AIR = List.of(
            Quantity.PARTICLES.named("pm1"), Quantity.PARTICLES.named("pm2-5"), Quantity.PARTICLES.named("pm10"));
    private static final List<Quantity> AS_STANDARD =
            IN_AIR.stream().map(each -> each.named(each.name() + "-standard")).toList();

    private final SerialConnection.Shop shop;

    public Pms5003() {
        this(SerialConnection.Shop.KERNEL);
    }

    Pms5003(SerialConnection.Shop shop) {
        this.shop = shop;
    }

    @Override
    public String name() {
        return "pms5003";
    }

    @Override
    public String title() {
        return "Plantower PMS5003, PMS7003, PMSA003";
    }

    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var line = Line.of(settings);
        var withStandard = settings.flag("standard", false);
        var quantities = withStandard
                ? Stream.concat(IN_AIR.stream(), AS_STANDARD.stream()).toList()
                : IN_AIR;
        return new SensorPlan(
                        new SerialSource(line.port()),
                        quantities,
                        hardware -> new Opened(shop.open(line, hardware), withStandard))
                .noSooner(PERIOD);
    }

    /** 32 bytes: two to begin with, the length 28, thirteen words and the sum of all before it. */
    private static final class Format implements Frames.Format {
        private static final int CHECK = 30;

        @Override
        public int length() {
            return CHECK + 2;
        }

        @Override
        public byte[] header() {
            return new byte[] {0x42, 0x4d, 0, 28};
        }

        @Override
        public boolean isRight(byte[] frame) {
            var sum = 0;
            for (var i = 0; i < CHECK; i++) {
                sum += frame[i] & 0xff;
            }
            return sum == word(frame, CHECK);
        }
    }

    private static int word(byte[] frame, int at) {
        return ((frame[at] & 0xff) << 8) | (frame[at + 1] & 0xff);
    }

    private record Opened(SerialConnection wire, boolean withStandard) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            if (!wire.clear(TWO_FRAMES)) {
                throw wire.fault("bytes come without a pause; is it another device, or another baud?");
            }
            var frame = Frames.await(wire, new Format(), TWO_FRAMES);
            var measurements = new ArrayList<Measurement>();
            add(measurements, IN_AIR, frame, ATMOSPHERE);
            if (withStandard) {
                add(measurements, AS_STANDARD, frame, STANDARD);
            }
            return measurements;
        }

        private static void add(List<Measurement> measurements, List<Quantity> quantities, byte[] frame, int from) {
            for (var i = 0; i < quantities.size(); i++) {
                measurements.add(Measurement.of(quantities.get(i), word(frame, from + 2 * i)));
            }
        }

        @Override
        public void close() {
            wire.close();
        }
    }
}
