package io.walnutedge.hardware;

import java.io.IOException;

/** A device on a simulated bus. A transfer with a repeated start is a write and then a read. Any thread. */
public interface I2cTarget {
    /** @throws IOException where the device would not acknowledge */
    void write(byte[] bytes) throws IOException;

    /** @throws IOException where the device would not acknowledge */
    byte[] read(int count) throws IOException;
}
