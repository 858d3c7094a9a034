package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.function.LongSupplier;

/** An SHTC3 (datasheet version 3): measurements without clock stretching, sleep, id, reset. Any thread. */
public final class Shtc3Model extends CommandModel {
    private static final int ID = 0x0887; // product code and a revision

    /** "Measurement commands" without clock stretching, and their longest times in microseconds. */
    private static final Map<Integer, Integer> SHOTS = Map.of(0x7866, 12_100, 0x58e0, 12_100, 0x609c, 800, 0x401a, 800);

    private boolean sleeping;

    /** @param nanos a monotonic clock */
    public Shtc3Model(LongSupplier nanos) {
        super(nanos, 0xff, Map.of("temperature", 21.5, "humidity", 45.0));
    }

    @Override
    void command(byte[] bytes) throws NotAcknowledged {
        var code = bytes.length == 2 ? word(bytes, 0) : -1;
        if (sleeping && code != 0x3517) {
            throw new NotAcknowledged("asleep");
        }
        var micros = SHOTS.get(code);
        if (micros != null) {
            var isHumidityFirst = code == 0x58e0 || code == 0x401a;
            answer(micros, () -> measured(isHumidityFirst));
            return;
        }
        switch (code) {
            case 0x3517 -> wakeUp();
            case 0xb098 -> sleeping = true;
            case 0x805d -> busy(240);
            case 0xefc8 -> answer(0, () -> frame(ID));
            default -> throw new NotAcknowledged("no command");
        }
    }

    private void wakeUp() {
        sleeping = false;
        busy(240);
    }

    /** "Conversion of sensor output". */
    private byte[] measured(boolean isHumidityFirst) {
        var temperature = code((world.get("temperature") + 45) / 175);
        var humidity = code(world.get("humidity") / 100);
        return isHumidityFirst ? frame(humidity, temperature) : frame(temperature, humidity);
    }

    private static int code(double share) {
        return held(share * 0x10000, 0, 0xffff);
    }
}
