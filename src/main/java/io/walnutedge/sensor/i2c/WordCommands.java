package io.walnutedge.sensor.i2c;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.SensorException;
import java.time.Duration;

/**
 * How Sensirion's chips are spoken to: commands and arguments in words of 16 bits, the higher byte first, each argument and
 * each word of an answer with its checksum. One thread.
 *
 * @param beforeRead between a command and its answer
 */
public record WordCommands(I2cChip chip, Duration beforeRead) {
    /** Sends a command with its arguments. */
    public void send(int command, int... words) throws SensorException {
        var bytes = new int[2 + 3 * words.length];
        bytes[0] = command >> 8;
        bytes[1] = command & 0xff;
        for (var i = 0; i < words.length; i++) {
            bytes[3 * i + 2] = words[i] >> 8;
            bytes[3 * i + 3] = words[i] & 0xff;
            bytes[3 * i + 4] = Crc8.SENSIRION.of((byte) (words[i] >> 8), (byte) words[i]);
        }
        chip.write(bytes);
    }

    /** Sends a command and takes the words of its answer. */
    public int[] ask(int command, int count) throws SensorException, InterruptedException {
        return ask(command, count, beforeRead);
    }

    /** Sends a command and takes the words of its answer after that time. */
    public int[] ask(int command, int count, Duration time) throws SensorException, InterruptedException {
        send(command);
        chip.pause(time);
        return chip.words(count, Crc8.SENSIRION);
    }

    /** A number of IEEE 754 in two words. */
    public static float number(int[] words, int at) {
        return Float.intBitsToFloat((words[at] << 16) | words[at + 1]);
    }
}
