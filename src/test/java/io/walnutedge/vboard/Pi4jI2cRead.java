package io.walnutedge.vboard;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import java.util.HexFormat;

/** Runs in the guest: reads two bytes of a register through Pi4J's native, and says what came of it. */
final class Pi4jI2cRead {
    private Pi4jI2cRead() {}

    public static void main(String[] args) {
        Context pi4j =
                Pi4J.newContextBuilder().add(LinuxFsI2CProvider.newInstance()).build();
        try (I2C chip = pi4j.create(I2C.newConfigBuilder(pi4j)
                .id("chip")
                .bus(1)
                .device(Integer.decode(args[0]))
                .provider("linuxfs-i2c")
                .build())) {
            byte[] data = new byte[2];
            int count = chip.readRegister(Integer.decode(args[1]), data, 0, 2);
            System.out.println("READ " + count + " " + HexFormat.of().formatHex(data));
        } catch (IOException e) {
            System.out.println("FAILED " + e.getMessage());
        } finally {
            pi4j.shutdown();
        }
    }
}
