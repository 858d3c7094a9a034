package io.walnutedge.sensor.i2c;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Lane;
import io.walnutedge.sensor.Occupancy;
import io.walnutedge.sensor.Source;
import io.walnutedge.sensor.files.DeviceFiles;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A device on an I2C bus; two sensors must not share it.
 *
 * @param mux the switch that it is behind
 */
public record I2cDevice(I2cBus bus, int address, Optional<MuxChannel> mux) implements Source {
    /** The kernel gives a transfer up after 1 s (i2c_register_adapter: timeout = HZ), and no supported chip needs more than a few. */
    private static final Duration HANG = Duration.ofSeconds(5);

    /** Of a bus that is named: after those with numbers. */
    private static final int NAMED = Integer.MAX_VALUE - 2;

    /** A channel of a bus switch. */
    public record MuxChannel(int address, int channel) {}

    public I2cDevice(int bus, int address, Optional<MuxChannel> mux) {
        this(I2cBus.of(bus), address, mux);
    }

    /** A device that is on the bus itself. */
    public I2cDevice(int bus, int address) {
        this(I2cBus.of(bus), address, Optional.empty());
    }

    @Override
    public String describe() {
        var behind = mux.map(each -> String.format(Locale.ROOT, " behind 0x%02x/%d", each.address(), each.channel()));
        return String.format(Locale.ROOT, "%s 0x%02x%s", bus.describe(), address, behind.orElse(""));
    }

    @Override
    public Lane lane(Hardware hardware) {
        var rank = bus.isNumber() ? Integer.parseInt(bus.text()) : NAMED;
        return Lane.ofOne(
                "bus-" + bus.numbered(hardware.access(DeviceFiles.class)).text(), rank, HANG, "bus");
    }

    @Override
    public void occupy(ConfigTable settings, Occupancy occupancy) {
        occupancy.of(BusUse.class, BusUse::new).use(settings, this);
    }

    /** Of a bus that is named: its number now, or why it has none. */
    @Override
    public List<String> notes() {
        return bus.note(DeviceFiles.SYSTEM).stream().toList();
    }
}
