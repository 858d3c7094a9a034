package io.walnutedge.sensor.declared;

import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Registers;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.I2cDevice;
import java.time.Duration;
import java.util.List;

/** The way to one chip: transfers with their length checked, and waiting. Used by one thread at a time. */
final class Link {
    private final I2cDevice device;
    private final Registers registers;
    private final Hardware hardware;

    Link(I2cDevice device, Registers registers, Hardware hardware) {
        this.device = device;
        this.registers = registers;
        this.hardware = hardware;
    }

    void write(List<Integer> bytes) throws SensorException {
        registers.write(bytes.stream().mapToInt(Integer::intValue).toArray());
    }

    /** For a chip that sleeps: it wakes by its address and does not acknowledge it. */
    void wake(List<Integer> bytes) {
        try {
            write(bytes);
        } catch (SensorException asleep) {
            // whether it woke shows at the next transfer
        }
    }

    byte[] read(int count) throws SensorException {
        return exactly(count, registers.read(count));
    }

    byte[] readRegister(int register, int count) throws SensorException {
        return exactly(count, registers.readRegister(register, count));
    }

    private byte[] exactly(int count, byte[] answer) throws SensorException {
        if (answer.length != count) {
            throw fault("answered " + answer.length + " bytes instead of " + count);
        }
        return answer;
    }

    void pause(Duration duration) throws InterruptedException {
        if (!duration.isZero()) {
            hardware.pause(duration);
        }
    }

    SensorException fault(String message) {
        return new SensorException("the chip at " + device.describe() + ": " + message);
    }

    void close() {
        registers.close();
    }
}
