package io.walnutedge.sensor.serial;

import io.walnutedge.sensor.SensorException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds a frame in what comes over a line: one that begins as it must and whose checksum is right. What does not is skipped
 * byte by byte, and half a frame is given up when the line falls silent. One thread.
 */
final class Frames {
    private final Format format;
    private byte[] pending = new byte[0];
    private int received;
    private int wrong;
    private Optional<byte[]> found = Optional.empty();

    private Frames(Format format) {
        this.format = format;
    }

    /** What a frame is. */
    interface Format {
        int length();

        /** How each frame begins. */
        byte[] header();

        /** Whether the checksum of a frame of the right length and header is right. */
        boolean isRight(byte[] frame);
    }

    /** @throws SensorException if none comes within the time; says what came instead */
    static byte[] await(SerialConnection wire, Format format, Duration most)
            throws SensorException, InterruptedException {
        var frames = new Frames(format);
        wire.take(most, frames::take);
        if (frames.found.isPresent()) {
            return frames.found.get();
        }
        throw frames.received == 0 ? new SilenceException(wire.fault(frames.inWords())) : wire.fault(frames.inWords());
    }

    /** Nothing came at all. */
    static final class SilenceException extends SensorException {
        private static final long serialVersionUID = 1;

        SilenceException(SensorException why) {
            super(String.valueOf(why.getMessage()), why);
        }
    }

    private String inWords() {
        if (received == 0) {
            return "nothing came; are power, ground and both data lines right?";
        }
        return wrong > 0
                ? wrong + " frames came with a wrong checksum, and none with a right one"
                : received + " bytes came, and no frame in them; is it another device, or another baud?";
    }

    private boolean take(byte[] bytes, int count) {
        received += count;
        if (count == 0) {
            pending = new byte[0];
            return false;
        }
        var from = pending.length;
        pending = Arrays.copyOf(pending, from + count);
        System.arraycopy(bytes, 0, pending, from, count);
        return search();
    }

    private boolean search() {
        var at = 0;
        while (at < pending.length && found.isEmpty()) {
            if (!beginsAt(at)) {
                at++;
            } else if (pending.length - at < format.length()) {
                break;
            } else {
                var frame = Arrays.copyOfRange(pending, at, at + format.length());
                if (format.isRight(frame)) {
                    found = Optional.of(frame);
                } else {
                    wrong++;
                    at++;
                }
            }
        }
        pending = Arrays.copyOfRange(pending, at, pending.length);
        return found.isPresent();
    }

    private boolean beginsAt(int at) {
        var header = format.header();
        var there = Math.min(header.length, pending.length - at);
        return Arrays.equals(pending, at, at + there, header, 0, there);
    }
}
