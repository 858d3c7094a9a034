package io.walnutedge.sensor.chip;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.Registers;
import io.walnutedge.simulate.chip.ChipModel;
import io.walnutedge.simulate.chip.NotAcknowledged;

/** A model as a driver sees it, without a bus between. */
public record ModelRegisters(ChipModel model) implements Registers {
    @Override
    public void write(int... bytes) throws SensorException {
        var raw = new byte[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            model.write(raw);
        } catch (NotAcknowledged refused) {
            throw new SensorException("not acknowledged", refused);
        }
    }

    @Override
    public byte[] read(int count) throws SensorException {
        try {
            return model.read(count);
        } catch (NotAcknowledged refused) {
            throw new SensorException("not acknowledged", refused);
        }
    }

    @Override
    public byte[] readRegister(int register, int count) throws SensorException {
        write(register);
        return read(count);
    }

    @Override
    public void close() {}
}
