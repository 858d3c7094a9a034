package io.walnutedge.sensor.files;

import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;
import java.util.Optional;

/** Sees every file that sensors read, and may answer in its place. Any thread. */
public interface FileTap {
    /** A look that reads no file. */
    @FunctionalInterface
    interface Look {
        String take();
    }

    /** Sees nothing. */
    FileTap NONE = new FileTap() {};

    /** What the file would have answered; empty where it is to be read. */
    default Optional<byte[]> instead(Path path) throws SensorException {
        return Optional.empty();
    }

    /**
     * What a look at a path shows that reads no file: whether it is there, whose it is, or what a directory holds.
     *
     * @param real the look itself
     */
    default String look(Path path, Look real) {
        return real.take();
    }

    /** A file was read. */
    default void read(Path path, byte[] content) {}

    /** A file was not to be read. */
    default void failed(Path path, SensorException why) {}
}
