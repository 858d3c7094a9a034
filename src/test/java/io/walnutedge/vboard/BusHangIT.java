package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole daemon on a bus that a chip holds: what is not on it goes on, what is on it says so and comes back. */
@Tag("board-arm64")
@ExtendWith(SharedBoard.class)
class BusHangIT {
    private static final String SENSORS = """
            sensors {
              light { type = bh1750, every = 1 s, decimals = 0 }
              air { type = bmp280, every = 1 s, temperature { decimals = 1 }, pressure { decimals = 1 } }
              beside { type = file, path = "/sys/class/net/eth0/mtu", every = 1 s, decimals = 0 }
            }
            """;
    private static final String LIGHT = "walnutpi/b/light/";
    private static final String AIR = "walnutpi/b/air/";
    private static final String BESIDE = "walnutpi/b/beside/value";

    @TempDir
    Path directory;

    private DaemonOnBoard daemon;

    @BeforeEach
    void start(Guest guest, Chips chips) {
        chips.set(Board.BH1750, "lux", 100);
        chips.temperature(Board.BMP280, -12.5);
        chips.set(Board.BMP280, "hpa", 990.1);
        daemon = new DaemonOnBoard(guest, directory);
        daemon.start(SENSORS);
    }

    @AfterEach
    void end(Chips chips) {
        chips.delay(Board.BH1750, Duration.ZERO);
        chips.plug(Board.BH1750);
        daemon.close();
    }

    @Test
    void heldBus_stopsNothingBesideItAndComesBackByItself(Chips chips) {
        daemon.awaitLast(LIGHT + "illuminance", "100");
        daemon.awaitLast(AIR + "temperature", "-12.5");
        daemon.awaitLast(AIR + "pressure", "990.1");

        chips.unplug(Board.BH1750);
        daemon.awaitLast(LIGHT + "status", "offline");
        daemon.awaitAlert(LIGHT + "alert", "0x23 on i2c-1");
        assertThat(daemon.seen().last(AIR + "status")).isEqualTo("online");
        chips.plug(Board.BH1750);
        chips.set(Board.BH1750, "lux", 200);
        daemon.awaitLast(LIGHT + "illuminance", "200");

        chips.delay(Board.BH1750, Duration.ofHours(1));
        daemon.awaitLast(AIR + "status", "offline");
        daemon.awaitLast(LIGHT + "status", "offline");
        daemon.awaitAlert(LIGHT + "alert", "holds the bus");
        daemon.awaitAlert(AIR + "alert", "the bus is held by light");
        int held = daemon.seen().messages(AIR + "temperature").size();
        int before = daemon.seen().messages(BESIDE).size();
        Awaitility.await("10 readings beside it")
                .atMost(Duration.ofSeconds(20))
                .until(() -> daemon.seen().messages(BESIDE).size() >= before + 10);
        assertThat(daemon.seen().messages(AIR + "temperature")).hasSize(held);

        chips.set(Board.BH1750, "lux", 300);
        chips.temperature(Board.BMP280, 30);
        chips.delay(Board.BH1750, Duration.ZERO);
        daemon.awaitLast(LIGHT + "illuminance", "300");
        daemon.awaitLast(AIR + "temperature", "30.0");
        daemon.awaitLast(LIGHT + "status", "online");
        daemon.awaitLast(AIR + "status", "online");
        assertThat(daemon.seen().messages(LIGHT + "illuminance")).containsOnly("100", "200", "300");
        assertThat(daemon.seen().messages(AIR + "temperature")).containsOnly("-12.5", "30.0");
    }
}
