package io.walnutedge.hardware;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * A write as the kernel's {@code struct i2c_msg} (include/uapi/linux/i2c.h) with its bytes behind it, for I2C_RDWR.
 *
 * @param memory address, flags, length, two bytes of alignment, a pointer, the bytes
 * @param pointers where the pointer is and what it is to point to
 */
record I2cMessage(ByteBuffer memory, IntBuffer pointers) {
    private static final int POINTER_AT = 8;

    static I2cMessage write(int wordSize, int address, byte[] data, int offset, int length) {
        var bytesAt = POINTER_AT + wordSize;
        var memory = ByteBuffer.allocate(bytesAt + length).order(ByteOrder.nativeOrder());
        memory.putShort((short) address).putShort((short) 0).putShort((short) length);
        memory.position(bytesAt).put(data, offset, length).flip();
        return new I2cMessage(memory, IntBuffer.wrap(new int[] {POINTER_AT, bytesAt}));
    }

    /**
     * An adapter answers with an error or with the number of messages it has sent ({@code i2c_transfer},
     * drivers/i2c/i2c-core-base.c): those of some drivers are fewer where a device does not acknowledge.
     */
    static void checkAll(int done, int asked) throws IOException {
        if (done < asked) {
            throw new IOException("message " + (done + 1) + " of " + asked + " was not acknowledged");
        }
    }
}
