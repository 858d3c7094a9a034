package io.walnutedge.hardware;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.io.i2c.I2CProviderBase;
import com.pi4j.library.linuxfs.LinuxFile;
import com.pi4j.plugin.linuxfs.provider.i2c.I2CConstants;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2C;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CBus;
import io.walnutedge.natives.NativeCode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Pi4J's I2C over a bus that selects devices rightly and notices what was not acknowledged, and whose descriptor is closed with its last device, so that an
 * adapter that was unplugged is opened anew. Any thread.
 */
final class LinuxI2cProvider extends I2CProviderBase {
    private final Map<Integer, Bus> buses = new HashMap<>();

    LinuxI2cProvider() {
        super("linux-i2c", "I2C over /dev/i2c-N");
    }

    @Override
    public I2C create(I2CConfig config) {
        NativeCode.I2C.require();
        var device = new Device(acquire(config), this, config);
        context.registry().add(device);
        return device;
    }

    private synchronized Bus acquire(I2CConfig config) {
        var bus = buses.computeIfAbsent(config.getBus(), number -> new Bus(config));
        bus.devices++;
        return bus;
    }

    private synchronized void release(Bus bus) {
        bus.devices--;
        if (bus.devices == 0) {
            buses.values().remove(bus);
            bus.close();
        }
    }

    @Override
    public synchronized I2CProvider shutdown(Context context) {
        buses.values().forEach(Bus::close);
        buses.clear();
        return super.shutdown(context);
    }

    private static final class Bus extends LinuxFsI2CBus {
        private final Selection selection = new Selection();
        private int devices;

        Bus(I2CConfig config) {
            super(config);
            super.close();
            try {
                file = new I2cFile("/dev/i2c-" + config.getBus());
            } catch (IOException failed) {
                throw new Pi4JException(failed);
            }
        }

        @Override
        protected void selectBusSlave(I2C device) throws IOException {
            selection.select(device.device(), address -> file.ioctl(I2CConstants.I2C_SLAVE, address));
        }
    }

    private static final class Device extends LinuxFsI2C {
        private final Bus bus;
        private final LinuxI2cProvider owner;

        Device(Bus bus, LinuxI2cProvider owner, I2CConfig config) {
            super(bus, owner, config);
            this.bus = bus;
            this.owner = owner;
        }

        /** Not by write(2): where it answers 0, {@link java.io.RandomAccessFile#write} tries again for ever. */
        @Override
        public int write(byte[] data, int offset, int length) {
            return bus.execute(this, file -> {
                var message = I2cMessage.write(LinuxFile.wordSize, device(), data, offset, length);
                file.ioctl(I2CConstants.I2C_RDWR, message.memory(), message.pointers());
                return length;
            });
        }

        @Override
        public int write(byte value) {
            return write(new byte[] {value}, 0, 1);
        }

        @Override
        public void close() {
            if (isOpen()) {
                super.close();
                owner.release(bus);
            }
        }
    }
}
