package io.walnutedge.simulate.chip;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An SPS30 (datasheet, version 2.0): a value each second in both formats, fan cleaning, its interval, status. The interval
 * outlasts a loss of power; cleaning by the interval does not happen. Any thread.
 */
public final class Sps30Model extends CommandModel {
    private static final long PERIOD = 1_000_000_000; // table 1
    private static final long CLEANING = 10_000_000_000L; // 4.2
    private static final List<String> ORDER = List.of( // 4.3
            "pm1", "pm2-5", "pm4", "pm10", "count0-5", "count1", "count2-5", "count4", "count10", "typical-size");

    private final int version;
    private long interval = 604_800; // 4.2
    private long shownInterval = interval;
    private int format;
    private long startedAt;
    private long pausedUntil;
    private long taken;
    private int status;

    /** @param nanos a monotonic clock */
    public Sps30Model(LongSupplier nanos) {
        this(nanos, 0x0203);
    }

    /** @param version of its firmware, major and minor in a byte each */
    public Sps30Model(LongSupplier nanos, int version) {
        super(
                nanos,
                0xff,
                Map.of(
                        "pm1", 3.5,
                        "pm2-5", 5.25,
                        "pm4", 6.5,
                        "pm10", 7.0,
                        "count0-5", 22.0,
                        "count1", 27.0,
                        "count2-5", 28.0,
                        "count4", 28.5,
                        "count10", 28.75,
                        "typical-size", 0.625));
        this.version = version;
    }

    @Override
    void command(byte[] bytes) throws NotAcknowledged {
        switch (bytes.length >= 2 ? word(bytes, 0) : -1) {
            case 0x0010 -> start(argument(bytes, 0, 1));
            case 0x0104 -> stop();
            case 0x0202 -> answer(0, () -> frame(values() > taken ? 1 : 0));
            case 0x0300 -> answer(0, this::measured);
            case 0x5607 -> clean();
            case 0x8004 -> interval(bytes);
            case 0xd002 -> answer(0, () -> text("00080000"));
            case 0xd100 -> answer(0, () -> frame(version));
            case 0xd206 -> answer(0, () -> frame(status >> 16, status & 0xffff));
            case 0xd210 -> {
                status = 0;
                busy(5_000);
            }
            case 0xd304 -> {
                stop();
                shownInterval = interval;
                busy(100_000);
            }
            default -> throw new NotAcknowledged("no command");
        }
    }

    private byte[] text(String text) {
        var ascii = text.getBytes(StandardCharsets.US_ASCII);
        var words = new int[ascii.length / 2];
        for (var i = 0; i < words.length; i++) {
            words[i] = word(ascii, 2 * i);
        }
        return frame(words);
    }

    private void start(int chosen) throws NotAcknowledged {
        if (format != 0 || (chosen != 0x0300 && chosen != 0x0500)) {
            throw new NotAcknowledged("no measurement starts");
        }
        format = chosen;
        startedAt = now();
        pausedUntil = startedAt;
        taken = 0;
        busy(20_000);
    }

    private void stop() {
        format = 0;
        taken = 0;
        busy(20_000);
    }

    private void clean() throws NotAcknowledged {
        if (format == 0) {
            throw new NotAcknowledged("it rests");
        }
        pausedUntil = now() + CLEANING;
        busy(5_000);
    }

    private void interval(byte[] bytes) throws NotAcknowledged {
        if (bytes.length == 2) {
            answer(5_000, () -> frame((int) (shownInterval >> 16), (int) (shownInterval & 0xffff)));
            return;
        }
        interval = ((long) argument(bytes, 0, 2) << 16) | argument(bytes, 1, 2);
        if (version >= 0x0202) {
            shownInterval = interval;
        }
        busy(20_000);
    }

    /** The second of the newest value since the start; none while it cleans its fan. */
    private long values() {
        return format == 0 || now() < pausedUntil ? 0 : (now() - startedAt) / PERIOD;
    }

    private byte[] measured() {
        taken = Math.max(taken, values());
        var words = new int[format == 0x0500 ? 10 : 20];
        for (var i = 0; i < ORDER.size(); i++) {
            var value = world.get(ORDER.get(i));
            if (format == 0x0500) {
                words[i] = scaled(value * (i == 9 ? 1000 : 1) / 0xffff, 0xffff);
            } else {
                var bits = Float.floatToIntBits((float) value);
                words[2 * i] = bits >>> 16;
                words[2 * i + 1] = bits & 0xffff;
            }
        }
        return frame(words);
    }

    /** What it says of itself (4.4). */
    public synchronized void setStatus(int bits) {
        status = bits;
    }

    /** Of the fan's cleaning, in seconds. */
    public synchronized long cleaningInterval() {
        return interval;
    }

    public synchronized boolean isMeasuring() {
        return format != 0;
    }

    public synchronized boolean isCleaning() {
        return now() < pausedUntil;
    }
}
