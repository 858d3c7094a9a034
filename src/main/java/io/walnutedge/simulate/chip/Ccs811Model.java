package io.walnutedge.simulate.chip;

import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A CCS811 (DS000459): boot and application mode, drive modes 1 to 3, error register. Its registers are mailboxes of their
 * own length. Any thread.
 */
public final class Ccs811Model extends ChipModel {
    private static final byte[] RESET = {0x11, (byte) 0xe5, 0x72, (byte) 0x8a};
    private static final long[] SECONDS = {0, 1, 10, 60};

    private int mailbox;
    private boolean application;
    private boolean ready;
    private int mode;
    private int error;
    private int[] environment = {0x64, 0, 0x64, 0};
    private int[] result = {0, 0, 0, 0};
    private long endsAt;

    /** @param nanos a monotonic clock */
    public Ccs811Model(LongSupplier nanos) {
        super(nanos, Map.of("eco2", 650.0, "tvoc", 38.0));
    }

    /** Takes its supply away and gives it back: boot mode. */
    public synchronized void interruptPower() {
        application = false;
        ready = false;
        mode = 0;
        error = 0;
        environment = new int[] {0x64, 0, 0x64, 0};
        result = new int[4];
    }

    /** Sets bits of ERROR_ID, which stay until they are read. */
    public synchronized void fail(int bits) {
        error |= bits;
    }

    /** Humidity in % and temperature in °C that it compensates with. */
    public synchronized double[] compensation() {
        return new double[] {
            (environment[0] << 8 | environment[1]) / 512.0, (environment[2] << 8 | environment[3]) / 512.0 - 25
        };
    }

    @Override
    public synchronized void write(byte[] bytes) throws NotAcknowledged {
        advance();
        if (bytes.length == 0) {
            return;
        }
        mailbox = bytes[0] & 0xff;
        var data = Arrays.copyOfRange(bytes, 1, bytes.length);
        if (mailbox == 0xff && Arrays.equals(data, RESET)) {
            interruptPower();
            silentFor(2_000_000);
        } else if (mailbox == 0xf4 && data.length == 0) {
            application = true;
            silentFor(1_000_000);
        } else if (data.length > 0) {
            put(data);
        }
    }

    private void put(byte[] data) {
        if (!application) {
            error |= 0x01;
        } else if (mailbox == 0x01 && data.length == 1) {
            mode = data[0] & 0x78;
            error |= (mode >> 4) > 4 ? 0x04 : 0;
            endsAt = now() + period();
        } else if (mailbox == 0x05 && data.length == 4) {
            for (var i = 0; i < 4; i++) {
                environment[i] = data[i] & 0xff;
            }
        } else {
            error |= 0x01;
        }
    }

    private long period() {
        return SECONDS[(mode >> 4) & 3] * 1_000_000_000L;
    }

    private int status() {
        return (application ? 0x90 : 0x10) | (ready ? 0x08 : 0) | (error != 0 ? 0x01 : 0);
    }

    @Override
    public synchronized byte[] read(int count) throws NotAcknowledged {
        advance();
        var answer = switch (mailbox) {
            case 0x00 -> new int[] {status()};
            case 0x01 -> new int[] {mode};
            case 0x02 -> new int[] {result[0], result[1], result[2], result[3], status(), error, 0, 0};
            case 0x20 -> new int[] {0x81};
            case 0x21 -> new int[] {0x12};
            case 0xe0 -> new int[] {error};
            default -> new int[0];
        };
        if (mailbox == 0x02) {
            ready = false;
        } else if (mailbox == 0xe0) {
            error = 0;
        }
        return bytes(count, i -> i < answer.length ? answer[i] : 0);
    }

    private void advance() throws NotAcknowledged {
        refuseWhileSilent("starting up");
        if (application && period() > 0 && now() - endsAt >= 0) {
            var eco2 = held(world.get("eco2"), 400, 29_206);
            var tvoc = held(world.get("tvoc"), 0, 32_768);
            result = new int[] {eco2 >> 8, eco2, tvoc >> 8, tvoc};
            ready = true;
            endsAt = now() + period();
        }
    }
}
