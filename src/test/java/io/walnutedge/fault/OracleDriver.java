package io.walnutedge.fault;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.FileSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * {@code type = oracle, file = PATH}: counts its samples and appends each to a file, with the time, before the daemon gets
 * it. A write is one system call, so that a kill loses nothing of it; after a restart it counts on.
 *
 * <pre>
 *   record   8 bytes value, 8 System.nanoTime, 8 microseconds since 1970, 8 process id; big-endian
 * </pre>
 */
public final class OracleDriver implements SensorDriver {
    static final String QUANTITY = "count";
    static final int RECORD_BYTES = 4 * Long.BYTES;
    private static final Quantity COUNT = new Quantity(QUANTITY, "", 0);
    private static final int MICROS = 1_000_000;

    @Override
    public String name() {
        return "oracle";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var file = settings.text("file");
        return new SensorPlan(new FileSource("oracle " + file), List.of(COUNT), hardware -> open(hardware, file));
    }

    private static Sensor open(Hardware ignored, String file) throws SensorException {
        try {
            return new Counter(new RandomAccessFile(file, "rw"));
        } catch (IOException unusable) {
            throw new SensorException("no oracle " + file, unusable);
        }
    }

    /** Not a FileChannel, which an interruption closes after it has written. */
    private static final class Counter implements Sensor {
        private final RandomAccessFile file;
        private long last;

        Counter(RandomAccessFile file) throws IOException {
            this.file = file;
            last = file.length() / RECORD_BYTES;
            file.seek(last * RECORD_BYTES);
        }

        @Override
        public List<Measurement> read() throws SensorException {
            var bytes = ByteBuffer.allocate(RECORD_BYTES);
            var wall = Instant.now();
            var micros = wall.getEpochSecond() * MICROS + wall.getNano() / 1_000;
            bytes.putLong(last + 1).putLong(System.nanoTime()).putLong(micros);
            bytes.putLong(ProcessHandle.current().pid());
            try {
                file.write(bytes.array());
            } catch (IOException failed) {
                throw new SensorException("the oracle cannot write", failed);
            }
            last++;
            return List.of(Measurement.of(COUNT, (double) last));
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
