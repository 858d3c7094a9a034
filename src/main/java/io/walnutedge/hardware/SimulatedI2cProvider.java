package io.walnutedge.hardware;

import com.pi4j.io.exception.IOException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CBusBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProviderBase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** I2C buses of which each device is a {@link I2cTarget}; an address without one does not acknowledge. Any thread. */
final class SimulatedI2cProvider extends I2CProviderBase {
    private final Map<Integer, Map<Integer, I2cTarget>> slaves;
    private final Map<Integer, Bus> buses = new HashMap<>();

    /** @param slaves by bus and address */
    SimulatedI2cProvider(Map<Integer, Map<Integer, I2cTarget>> slaves) {
        super("simulated-i2c", "I2C of the simulated board");
        this.slaves = slaves;
    }

    @Override
    public synchronized I2C create(I2CConfig config) {
        var bus = buses.computeIfAbsent(
                config.getBus(), number -> new Bus(config, slaves.getOrDefault(number, Map.of())));
        var device = new Device(this, config, bus);
        context.registry().add(device);
        return device;
    }

    private static final class Bus extends I2CBusBase {
        private final Map<Integer, I2cTarget> slaves;

        Bus(I2CConfig config, Map<Integer, I2cTarget> slaves) {
            super(config);
            this.slaves = slaves;
        }

        @Override
        public <R> R execute(I2C device, Callable<R> action) {
            return _execute(device, action);
        }
    }

    /** Behaves as the kernel's: a transfer that is not acknowledged is an I/O error. */
    private static final class Device extends I2CBase<Bus> {
        Device(SimulatedI2cProvider provider, I2CConfig config, Bus bus) {
            super(provider, config, bus);
        }

        private I2cTarget slave() throws java.io.IOException {
            var slave = i2CBus.slaves.get(device());
            if (slave == null) {
                throw new java.io.IOException("Remote I/O error");
            }
            return slave;
        }

        @Override
        public int write(byte value) {
            return write(new byte[] {value}, 0, 1);
        }

        @Override
        public int write(byte[] data, int offset, int length) {
            return execute(() -> {
                slave().write(Arrays.copyOfRange(data, offset, offset + length));
                return length;
            });
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) == 1 ? one[0] & 0xff : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return execute(() -> copy(slave().read(length), buffer, offset, length));
        }

        @Override
        public int readRegister(int register) {
            var one = new byte[1];
            readRegister(register, one, 0, 1);
            return one[0] & 0xff;
        }

        @Override
        public int readRegister(int register, byte[] buffer, int offset, int length) {
            return readRegister(new byte[] {(byte) register}, buffer, offset, length);
        }

        @Override
        public int readRegister(byte[] register, byte[] buffer, int offset, int length) {
            return execute(() -> {
                slave().write(register);
                return copy(slave().read(length), buffer, offset, length);
            });
        }

        private static int copy(byte[] answer, byte[] buffer, int offset, int length) {
            var count = Math.min(answer.length, length);
            System.arraycopy(answer, 0, buffer, offset, count);
            return count;
        }

        @Override
        public int writeRegister(int register, byte value) {
            return write(new byte[] {(byte) register, value}, 0, 2) - 1;
        }

        @Override
        public int writeRegister(int register, byte[] data, int offset, int length) {
            return writeRegister(new byte[] {(byte) register}, data, offset, length);
        }

        @Override
        public int writeRegister(byte[] register, byte[] data, int offset, int length) {
            var bytes = Arrays.copyOf(register, register.length + length);
            System.arraycopy(data, offset, bytes, register.length, length);
            return write(bytes, 0, bytes.length) - register.length;
        }

        @Override
        public int writeReadRegisterWord(int register, int word) {
            throw new IOException("SMBus process calls are not simulated");
        }
    }
}
