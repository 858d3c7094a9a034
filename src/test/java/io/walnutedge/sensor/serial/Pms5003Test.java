package io.walnutedge.sensor.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Pms5003Test {
    private final FakePort port = new FakePort();

    /** Standard masses of 11, 22 and 33, and those in air. */
    static byte[] frame(int pm1, int pm25, int pm10) {
        var frame = new byte[32];
        var words = new int[] {0x424d, 28, 11, 22, 33, pm1, pm25, pm10, 600, 170, 40, 4, 2, 0, 0x9700};
        var sum = 0;
        for (var i = 0; i < words.length; i++) {
            frame[2 * i] = (byte) (words[i] >> 8);
            frame[2 * i + 1] = (byte) words[i];
            sum += (words[i] >> 8) + (words[i] & 0xff);
        }
        frame[30] = (byte) (sum >> 8);
        frame[31] = (byte) sum;
        return frame;
    }

    private Sensor open(String more) throws Exception {
        return port.open(FakePort.plan(new Pms5003(port.shop), more));
    }

    @Test
    void frame_isRead() throws Exception {
        port.silent().sends(frame(5, 7, 300));
        assertThat(FakePort.shown(open("").read()))
                .containsExactly("pm1=5.0µg/m³", "pm2-5=7.0µg/m³", "pm10=300.0µg/m³");
        assertThat(port.line().baud()).isEqualTo(9600);
        assertThat(port.line().parity()).isEqualTo(Line.Parity.NONE);
        assertThat(port.line().stopBits()).isEqualTo(1);
    }

    @Test
    void standard_addsTheFactorysValues() throws Exception {
        port.silent().sends(frame(5, 7, 9));
        assertThat(FakePort.shown(open("standard = on").read()))
                .hasSize(6)
                .contains("pm1-standard=11.0µg/m³", "pm2-5-standard=22.0µg/m³", "pm10-standard=33.0µg/m³");
    }

    @Test
    void frameInTheKernelsBuffer_isThrownAway() throws Exception {
        port.has(frame(1, 1, 1)).silent().sends(frame(2, 2, 2));
        assertThat(FakePort.shown(open("").read())).contains("pm1=2.0µg/m³");
    }

    @Test
    void endOfAFrameUnderWay_isThrownAway() throws Exception {
        var cut = frame(1, 1, 1);
        port.sends(Arrays.copyOfRange(cut, 10, 32)).silent().silent().sends(frame(2, 2, 2));
        assertThat(FakePort.shown(open("").read())).contains("pm1=2.0µg/m³");
    }

    @Test
    void garbageAndFalseBeginnings_areSkipped() throws Exception {
        port.silent().sends(new byte[] {0x42, 0x42, 0x4d, 0, 28, 1, 2, 3}, new byte[] {0x42}, frame(3, 4, 5));
        assertThat(FakePort.shown(open("").read())).contains("pm2-5=4.0µg/m³");
    }

    @Test
    void frameInPieces_isPutTogether() throws Exception {
        var frame = frame(6, 7, 8);
        port.silent();
        for (var each : frame) {
            port.sends(new byte[] {each});
        }
        assertThat(FakePort.shown(open("").read())).contains("pm10=8.0µg/m³");
    }

    @Test
    void halfAFrameBeforeASilence_isNotContinued() throws Exception {
        var frame = frame(6, 7, 8);
        port.silent().sends(Arrays.copyOf(frame, 16)).silent().sends(Arrays.copyOfRange(frame, 16, 32));
        assertThatThrownBy(open("")::read).isInstanceOf(SensorException.class).hasMessageContaining("no frame");
    }

    @Test
    void wrongChecksum_isNeverTaken() throws Exception {
        var whole = frame(6, 7, 8);
        for (var i = 0; i < whole.length; i++) {
            for (var bit = 0; bit < 8; bit++) {
                var wrong = whole.clone();
                wrong[i] ^= (byte) (1 << bit);
                var each = new FakePort().silent().sends(wrong);
                var sensor = each.open(FakePort.plan(new Pms5003(each.shop), ""));
                assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
            }
        }
    }

    @Test
    void wrongChecksum_isTold_andTheNextFrameCounts() throws Exception {
        var wrong = frame(6, 7, 8);
        wrong[13]++;
        port.silent().sends(wrong);
        var sensor = open("");
        assertThatThrownBy(sensor::read).hasMessageContaining("/dev/ttyS1").hasMessageContaining("wrong checksum");
        port.silent().sends(wrong, frame(1, 2, 3));
        assertThat(FakePort.shown(sensor.read())).contains("pm2-5=2.0µg/m³");
    }

    @Test
    void silence_endsAtTheDeadline() throws Exception {
        var sensor = open("");
        var start = port.nanos();
        assertThatThrownBy(sensor::read).hasMessageContaining("nothing came");
        assertThat(Duration.ofNanos(port.nanos() - start)).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5300));
    }

    @Test
    void bytesWithoutAPause_endAtTheDeadline() throws Exception {
        for (var i = 0; i < 1000; i++) {
            port.sends(new byte[] {1, 2, 3});
        }
        assertThatThrownBy(open("")::read).hasMessageContaining("without a pause");
    }

    @Test
    void interrupt_endsTheRead() throws Exception {
        var sensor = open("");
        port.interrupt();
        assertThatThrownBy(sensor::read).isInstanceOf(InterruptedException.class);
    }

    @Test
    void close_closesThePort() throws Exception {
        var sensor = open("");
        assertThat(port.openPorts()).isEqualTo(1);
        sensor.close();
        assertThat(port.openPorts()).isZero();
    }

    @Test
    void wrongSettings_areProblems() {
        assertThat(FakePort.problems(new Pms5003(), "")).contains("port").contains("missing");
        assertThat(FakePort.problems(new Pms5003(), "port = ttyS1")).contains("must be a path");
        assertThat(FakePort.problems(new Pms5003(), "port = /dev/ttyS1, baud = 9601"))
                .contains("none that a port has");
        assertThat(FakePort.problems(new Pms5003(), "port = /dev/ttyS1, parity = odd"))
                .contains("unknown key");
    }
}
