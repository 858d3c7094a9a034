package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.Registers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * A script of transfers, one a line, all of them in this order: {@code write f4 25}, {@code read 6 -> 65 5a}, {@code
 * register f7 8 -> 65 5a c0}; {@code -> NACK} fails. An answer may be shorter than what was asked for.
 */
public final class FakeRegisters implements Registers {
    private final Deque<String> script = new ArrayDeque<>();
    private int closed;

    public FakeRegisters then(String lines) {
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(script::add);
        return this;
    }

    public void assertPlayed() {
        assertThat(script).isEmpty();
    }

    int closed() {
        return closed;
    }

    @Override
    public void write(int... bytes) throws SensorException {
        var call = new StringBuilder("write");
        for (var each : bytes) {
            call.append(String.format(" %02x", each));
        }
        play(call.toString());
    }

    @Override
    public byte[] read(int count) throws SensorException {
        return play("read " + count);
    }

    @Override
    public byte[] readRegister(int register, int count) throws SensorException {
        return play(String.format("register %02x %d", register, count));
    }

    private byte[] play(String call) throws SensorException {
        assertThat(script)
                .as("the transfer '%s' comes after the script's end", call)
                .isNotEmpty();
        var line = script.remove().split(" -> ", -1);
        assertThat(call).isEqualTo(line[0]);
        if (line.length == 1) {
            return new byte[0];
        }
        if (line[1].equals("NACK")) {
            throw new SensorException("not acknowledged");
        }
        return HexFormat.of().parseHex(line[1].replace(" ", ""));
    }

    @Override
    public void close() {
        closed++;
    }
}
