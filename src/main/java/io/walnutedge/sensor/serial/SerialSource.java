package io.walnutedge.sensor.serial;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Lane;
import io.walnutedge.sensor.Occupancy;
import io.walnutedge.sensor.Source;
import java.nio.file.Path;
import java.time.Duration;

/** A serial port, by the path of its node; two sensors must not share it, and each is read on a thread of its own. */
public record SerialSource(Path path) implements Source {
    /** A sensor that sends a line when it likes may be waited for a minute. */
    private static final Duration HANG = Duration.ofSeconds(65);

    /** After all buses. */
    private static final int RANK = Integer.MAX_VALUE - 1;

    @Override
    public String describe() {
        return path.toString();
    }

    @Override
    public Lane lane(Hardware hardware) {
        return Lane.ofOne("serial-" + path.getFileName(), RANK, HANG, "port");
    }

    @Override
    public void occupy(ConfigTable settings, Occupancy occupancy) {
        occupancy.of(PortUse.class, PortUse::new).use(settings, this);
    }
}
