package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel's GPIO subsystem does to the lines, seen from outside. */
@BoardTest
class GpioIT {
    private static final int LINE = Board.PC8;
    private static final String GPIO = "/sys/class/gpio/gpio" + LINE;

    @BeforeEach
    void exportLine(Guest guest, Pins pins) {
        pins.drive(LINE, false);
        guest.output("echo " + LINE + " >/sys/class/gpio/export");
        pins.log();
    }

    @AfterEach
    void releaseLine(Guest guest) {
        guest.output("echo none >" + GPIO + "/edge; echo in >" + GPIO + "/direction; echo " + LINE
                + " >/sys/class/gpio/unexport");
    }

    @Test
    void output_isSeenOutside(Guest guest, Pins pins) {
        guest.output("echo low >" + GPIO + "/direction; echo 1 >" + GPIO + "/value; echo 0 >" + GPIO + "/value");

        assertThat(pins.isOutput(LINE)).isTrue();
        assertThat(pins.log()).containsExactly(new Pins.Change(LINE, true), new Pins.Change(LINE, false));
    }

    @Test
    void directionOut_pullsAnActiveLowOutputToItsActiveLevel(Guest guest, Pins pins) {
        pins.drive(LINE, true);

        guest.output("echo out >" + GPIO + "/direction; echo 1 >" + GPIO + "/value");

        assertThat(pins.log())
                .as("the pulse that a relay hears: set direction and level in one write instead")
                .containsExactly(new Pins.Change(LINE, false), new Pins.Change(LINE, true));
    }

    @Test
    void directionHigh_doesNotDisturbAnActiveLowOutput(Guest guest, Pins pins) {
        pins.drive(LINE, true);

        guest.output("echo high >" + GPIO + "/direction");

        assertThat(pins.isOutput(LINE)).isTrue();
        assertThat(pins.log()).isEmpty();
    }

    @Test
    void edge_onAnOutputIsAnInputOutputError(Guest guest) {
        Guest.Result edge = guest.run("echo low >" + GPIO + "/direction; echo both >" + GPIO + "/edge");

        assertThat(edge.status()).isNotZero();
        assertThat(edge.output()).contains("Input/output error");
    }

    @Test
    void edges_wakeAPoll(Guest guest, Pins pins) throws Exception {
        CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> guest.output("""
                echo in >%1$s/direction
                echo both >%1$s/edge
                /usr/bin/python3 - <<'PY'
                import select
                value = open("%1$s/value")
                value.read()
                poll = select.poll()
                poll.register(value, select.POLLPRI)
                for n in range(4):
                    open("/tmp/waiting-for-edge-%%d" %% n, "w").close()
                    assert poll.poll(20000), "no edge"
                    value.seek(0)
                    print(value.read().strip(), end="")
                PY
                """.formatted(GPIO)));
        for (int i = 0; i < 4; i++) {
            guest.await("rm /tmp/waiting-for-edge-" + i);
            pins.drive(LINE, i % 2 == 0);
        }

        assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo("1010");
    }
}
