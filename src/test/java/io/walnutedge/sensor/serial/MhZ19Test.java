package io.walnutedge.sensor.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MhZ19Test {
    private static final String READ = "ff0186000000000079"; // the manual's example
    private static final byte[] PPM_544 = HexFormat.of().parseHex("ff8602200000000058"); // the manual's example
    private static final Duration WARM = Duration.ofMinutes(3);

    private final FakePort port = new FakePort().answers(question -> PPM_544);

    private SensorPlan plan(String more) {
        return FakePort.plan(new MhZ19(port.shop), more);
    }

    @Test
    void answer_isRead() throws Exception {
        var sensor = port.open(plan("warm-up = 0 s"));
        assertThat(FakePort.shown(sensor.read())).containsExactly("co2=544ppm");
        assertThat(port.written).containsExactly(READ);
    }

    @Test
    void warmUp_isNotPublished_andSurvivesAWrongAnswer() throws Exception {
        var plan = plan("");
        var sensor = port.open(plan);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("warms up");
        port.passes(WARM.minusSeconds(1));
        assertThatThrownBy(sensor::read).hasMessageContaining("its values count in 1 s");
        var wrong = PPM_544.clone();
        wrong[3]++;
        port.answers(question -> wrong);
        assertThatThrownBy(sensor::read).hasMessageContaining("wrong checksum");
        sensor.close();
        port.answers(question -> PPM_544);
        port.passes(Duration.ofSeconds(1));
        assertThat(FakePort.shown(port.open(plan).read())).containsExactly("co2=544ppm");
    }

    @Test
    void oneLostAnswer_isNoPowerCut_twoAre() throws Exception {
        var sensor = port.open(plan(""));
        assertThatThrownBy(sensor::read).hasMessageContaining("warms up");
        port.passes(WARM);
        port.answers(question -> new byte[0]);
        assertThatThrownBy(sensor::read).hasMessageContaining("nothing came");
        port.answers(question -> PPM_544);
        assertThat(sensor.read()).hasSize(1);
        port.answers(question -> new byte[0]);
        assertThatThrownBy(sensor::read).hasMessageContaining("nothing came");
        assertThatThrownBy(sensor::read).hasMessageContaining("nothing came");
        port.answers(question -> PPM_544);
        assertThatThrownBy(sensor::read).hasMessageContaining("warms up");
    }

    @Test
    void portThatWasAway_warmsUpAnew() throws Exception {
        var plan = plan("");
        assertThatThrownBy(port.open(plan)::read).hasMessageContaining("warms up");
        port.passes(WARM);
        assertThat(port.open(plan).read()).hasSize(1);
        port.fails("/dev/ttyS1 does not exist");
        assertThatThrownBy(() -> port.open(plan)).hasMessageContaining("does not exist");
        port.recovers();
        assertThatThrownBy(port.open(plan)::read).hasMessageContaining("its values count in 3 min");
    }

    @Test
    void lateAnswerToAnEarlierQuestion_isThrownAway() throws Exception {
        var sensor = port.open(plan("warm-up = 0 s"));
        port.has(HexFormat.of().parseHex("ff860100000000007" + "9"));
        assertThat(FakePort.shown(sensor.read())).containsExactly("co2=544ppm");
    }

    @Test
    void garbageBeforeTheAnswer_isSkipped() throws Exception {
        port.answers(question -> HexFormat.of().parseHex("00ffff8600ff8602200000000058"));
        assertThat(FakePort.shown(port.open(plan("warm-up = 0 s")).read())).containsExactly("co2=544ppm");
    }

    @Test
    void beyondTheRange_isRefused() throws Exception {
        port.answers(question -> HexFormat.of().parseHex("ff86ffff000000007c"));
        assertThatThrownBy(port.open(plan("warm-up = 0 s"))::read).hasMessageContaining("65535 ppm is beyond");
    }

    @Test
    void settings_areSentAtOpening() throws Exception {
        port.open(plan("self-calibration = on, range = 2000"));
        assertThat(port.written).containsExactly("ff0179a000000000e6", "ff01990000000 7d08f".replace(" ", ""));
        port.written.clear();
        port.open(plan("self-calibration = off"));
        assertThat(port.written).containsExactly("ff0179000000000086");
        assertThat(FakePort.problems(new MhZ19(), "port = /dev/ttyS1, range = 3000"))
                .contains("2000, 5000, 10000");
    }

    @Test
    void openingThatFails_closesThePort() {
        var plan = plan("self-calibration = on");
        port.interrupt();
        assertThatThrownBy(() -> port.open(plan)).isInstanceOf(InterruptedException.class);
        assertThat(port.openPorts()).isZero();
    }
}
