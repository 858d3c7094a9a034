package io.walnutedge.hardware;

import com.pi4j.library.linuxfs.LinuxFile;
import com.pi4j.plugin.linuxfs.provider.i2c.I2CConstants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/** A bus's node, whose transfers are complete or fail. Under the bus's lock. */
final class I2cFile extends LinuxFile {
    /** As much as Pi4J's I2C asks for at the most (LinuxFsI2C.java, readRegister). */
    private static final int SIZE = 2048;

    private static final int MOST_POINTERS = 4;

    // the native part takes the addresses of direct buffers
    private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE);
    private final IntBuffer pointers = ByteBuffer.allocateDirect(MOST_POINTERS * Integer.BYTES)
            .order(ByteOrder.nativeOrder())
            .asIntBuffer();

    I2cFile(String node) throws IOException {
        super(node, "rw");
    }

    /** Pi4J's only asks whether the kernel has answered with an error. */
    @Override
    public void ioctl(long command, ByteBuffer data, IntBuffer offsets) throws IOException {
        memory.clear();
        memory.put(data.rewind()).flip();
        pointers.clear();
        pointers.put(offsets).flip();
        var done = directIOCTLStructure(getPosixFD(), command, memory, 0, pointers, 0, pointers.limit());
        if (done < 0) {
            throw new IOException(strerror(errno()));
        }
        if (command == I2CConstants.I2C_RDWR) {
            I2cMessage.checkAll(done, pointers.limit() / 2);
        }
        data.rewind();
        data.put(memory).rewind();
    }
}
