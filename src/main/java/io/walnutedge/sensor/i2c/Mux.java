package io.walnutedge.sensor.i2c;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.I2cDevice.MuxChannel;
import java.util.List;
import java.util.Optional;

/**
 * A chip behind a bus switch TCA9548A, PCA9548A or alike (datasheet SCPS207H): its one register is the mask of the
 * channels that are connected (8.6.2), in force with the stop condition (8.5.2). The channel is connected for one transfer
 * and then no channel is, so that chips of one address behind several channels, or behind several switches, never
 * answer together, and one that hangs the bus behind the switch does so only while it is asked. Used by one thread at a
 * time; all of a bus are used by the bus's thread.
 */
public final class Mux implements Registers {
    /** 8.5.1: A2 to A0. */
    private static final List<Integer> ADDRESSES = List.of(0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77);

    private static final int NONE = 0x00; // 8.6.2, table 3

    private final Registers mux;
    private final Registers chip;
    private final MuxChannel place;

    private Mux(Registers mux, Registers chip, MuxChannel place) {
        this.mux = mux;
        this.chip = chip;
        this.place = place;
    }

    /** Reads {@code mux { address = 0x70, channel = 0 }}. */
    private static MuxChannel channel(ConfigTable settings) {
        var place = new MuxChannel(settings.address("address", ADDRESSES), settings.integer("channel", 0, 7));
        settings.finish();
        return place;
    }

    /** Reads {@code mux}; empty where a chip is on the bus itself. */
    public static Optional<MuxChannel> read(ConfigTable settings) {
        return settings.section("mux").map(Mux::channel);
    }

    /** Opens a device, behind its switch if there is one, without a transfer. */
    public static Registers open(Hardware hardware, I2cDevice device) throws SensorException {
        var bus = device.bus().number(hardware.access(DeviceFiles.class));
        if (device.mux().isEmpty()) {
            return hardware.access(I2cBuses.class).registers(bus, device.address());
        }
        var place = device.mux().get();
        var mux = hardware.access(I2cBuses.class).registers(bus, place.address());
        try {
            return new Mux(mux, hardware.access(I2cBuses.class).registers(bus, device.address()), place);
        } catch (SensorException failed) {
            mux.close();
            throw failed;
        }
    }

    @FunctionalInterface
    private interface Transfer {
        byte[] run() throws SensorException;
    }

    @Override
    public void write(int... bytes) throws SensorException {
        connected(() -> {
            chip.write(bytes);
            return new byte[0];
        });
    }

    @Override
    public byte[] read(int count) throws SensorException {
        return connected(() -> chip.read(count));
    }

    @Override
    public byte[] readRegister(int register, int count) throws SensorException {
        return connected(() -> chip.readRegister(register, count));
    }

    /** The chip's own fault is told, even if the channel can't be closed behind it. */
    private byte[] connected(Transfer transfer) throws SensorException {
        select(1 << place.channel());
        byte[] answer;
        try {
            answer = transfer.run();
        } catch (SensorException failed) {
            try {
                select(NONE);
            } catch (SensorException also) {
                failed.addSuppressed(also);
            }
            throw failed;
        }
        select(NONE);
        return answer;
    }

    private void select(int mask) throws SensorException {
        try {
            mux.write(mask);
        } catch (SensorException failed) {
            throw new SensorException("the bus switch: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        chip.close();
        mux.close();
    }
}
