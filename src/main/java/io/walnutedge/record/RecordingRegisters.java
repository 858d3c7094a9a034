package io.walnutedge.record;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.Registers;

/** A device whose transfers are taken down. One thread. */
record RecordingRegisters(Registers registers, Recording recording, int bus, int address) implements Registers {
    private static final int[] NOTHING = {};

    @FunctionalInterface
    private interface Transfer {
        byte[] run() throws SensorException;
    }

    private byte[] noted(int[] out, int count, Transfer transfer) throws SensorException {
        try {
            var in = transfer.run();
            recording.transfer(bus, address, out, count, in);
            return in;
        } catch (SensorException why) {
            recording.transfer(bus, address, out, count, why);
            throw why;
        }
    }

    @Override
    public void write(int... bytes) throws SensorException {
        noted(bytes, 0, () -> {
            registers.write(bytes);
            return new byte[0];
        });
    }

    @Override
    public byte[] read(int count) throws SensorException {
        return noted(NOTHING, count, () -> registers.read(count));
    }

    @Override
    public byte[] readRegister(int register, int count) throws SensorException {
        return noted(new int[] {register}, count, () -> registers.readRegister(register, count));
    }

    @Override
    public void close() {
        registers.close();
    }
}
