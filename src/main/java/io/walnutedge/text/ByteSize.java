package io.walnutedge.text;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them; k is 1000 and Ki is 1024 (IEC 80000-13). Stateless; any thread. */
public final class ByteSize {
    public static final String ACCEPTED = "a number with B, kB, KiB, MB, MiB, GB or GiB, as in 64 MiB";

    private static final Pattern FORM = Pattern.compile("(?U)\\s*([0-9]{1,15}(?:\\.[0-9]{1,9})?)\\s*([A-Za-z]+)\\s*");
    private static final Map<String, Long> UNITS = Map.of(
            "B",
            1L,
            "kB",
            1_000L,
            "KiB",
            1L << 10,
            "MB",
            1_000_000L,
            "MiB",
            1L << 20,
            "GB",
            1_000_000_000L,
            "GiB",
            1L << 30);

    private ByteSize() {}

    /** Empty if it is none, has no unit, or is not a whole number of bytes. */
    public static OptionalLong parse(String text) {
        var match = FORM.matcher(text);
        var unit = match.matches() ? UNITS.get(match.group(2)) : null;
        if (unit == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(new BigDecimal(match.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .longValueExact());
        } catch (ArithmeticException notWhole) {
            return OptionalLong.empty();
        }
    }

    /** With the largest binary unit that leaves at most one decimal to drop: {@code 64 MiB}, {@code 1.5 GiB}, {@code 17 B}. */
    public static String text(long bytes) {
        if (bytes >= 1L << 30) {
            return inUnits(bytes, 1L << 30) + " GiB";
        }
        if (bytes >= 1L << 20) {
            return inUnits(bytes, 1L << 20) + " MiB";
        }
        return bytes >= 1L << 10 ? inUnits(bytes, 1L << 10) + " KiB" : bytes + " B";
    }

    private static String inUnits(long bytes, long unit) {
        var tenths = Math.round(bytes * 10.0 / unit);
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }
}
