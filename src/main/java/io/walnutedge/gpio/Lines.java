package io.walnutedge.gpio;

import io.walnutedge.board.Pin;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the board's GPIO lines. The thread {@code outputs} only. */
public interface Lines {
    /**
     * Makes the line an output at a level without showing the other level first: direction and level in one write.
     *
     * @throws GpioException if another driver or program holds the line, or it may not be opened
     */
    OutputLine output(Pin pin, boolean high) throws GpioException;

    /**
     * Makes the line an output at the level that it shows.
     *
     * @throws GpioException as {@link #output}
     */
    OutputLine kept(Pin pin) throws GpioException;

    /**
     * Makes the line an input.
     *
     * @param changed called after each edge on a thread of the implementation; it must only enqueue
     */
    InputLine input(Pin pin, Runnable changed) throws GpioException;

    /** A line that is driven. */
    interface OutputLine extends AutoCloseable {
        void set(boolean high) throws GpioException;

        /** The level as the kernel reads it back. */
        boolean isHigh() throws GpioException;

        /** Its files in sysfs (sysfs.rst, "Paths in Sysfs"); empty where it has none. */
        Optional<Path> directory();

        /** Stops using the line and leaves its level. */
        @Override
        void close() throws GpioException;
    }

    /** A line that is watched. */
    interface InputLine extends AutoCloseable {
        boolean isHigh() throws GpioException;

        /** True where the kernel reports edges of this line; false where only {@link #isHigh} helps. */
        boolean hasEdges();

        @Override
        void close() throws GpioException;
    }
}
