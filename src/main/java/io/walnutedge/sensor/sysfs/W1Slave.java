package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.Attribute;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A thermometer's {@code w1_slave}: the nine bytes of the scratchpad and the temperature in m°C.
 *
 * <pre>
 * 72 01 4b 46 7f ff 0e 10 57 : crc=57 YES
 * 72 01 4b 46 7f ff 0e 10 57 t=23125
 * </pre>
 */
record W1Slave(String id, Attribute slave, PowerUp powerUp) implements FoundSensor.Device {
    private static final Pattern FORM =
            Pattern.compile("((?:[0-9a-f]{2} ){9}): crc=[0-9a-f]{2} (YES|NO)\\n(?:[0-9a-f]{2} ){9}t=(-?[0-9]{1,6})");

    /** Only of this family the meaning of byte 6 is known. */
    private static final String DS18B20 = "28-";

    /** Reserved byte of the scratchpad (DS18B20 data sheet, "Memory"); see {@link PowerUp}. */
    private static final int BYTE_6 = 6;

    private static final int AT_POWER_UP = 0x0C;
    private static final int CONVERTED_TO_85 = 0x10;

    @Override
    public List<Measurement> measure() throws SensorException {
        var judged = false;
        try {
            var text = slave.text();
            var match = FORM.matcher(text);
            if (!match.matches()) {
                throw SensorException.seeing(
                        text,
                        slave.path()
                                + (text.isEmpty()
                                        ? " is empty: the thermometer did not answer"
                                        : " is not what w1_therm writes"));
            }
            var bytes = HexFormat.ofDelimiter(" ").parseHex(match.group(1).strip());
            check(bytes, match.group(2).equals("YES"));
            judged = true;
            var celsius = powerUp.judged(Integer.parseInt(match.group(3)), proof(bytes), slave.path());
            return List.of(Measurement.of(Quantity.TEMPERATURE, celsius));
        } finally {
            if (!judged) {
                powerUp.forget();
            }
        }
    }

    private void check(byte[] bytes, boolean kernelAgrees) throws SensorException {
        if (!kernelAgrees || Crc8.ONE_WIRE.of(bytes, 0, 8) != (bytes[8] & 0xFF)) {
            throw new SensorException(slave.path() + " has a CRC error; check the wiring and the pull-up resistor");
        }
        // a data line at ground reads as nothing but zeros, whose CRC is zero too: 0 °C with a good checksum
        if (allZero(bytes)) {
            throw new SensorException(slave.path() + " is all zeros: the data line is short-circuited to ground");
        }
    }

    private static boolean allZero(byte[] bytes) {
        for (var each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private PowerUp.Proof proof(byte[] bytes) {
        if (!id.startsWith(DS18B20)) {
            return PowerUp.Proof.UNKNOWN;
        }
        return switch (bytes[BYTE_6]) {
            case CONVERTED_TO_85 -> PowerUp.Proof.CONVERTED;
            case AT_POWER_UP -> PowerUp.Proof.NOT_CONVERTED;
            default -> PowerUp.Proof.UNKNOWN;
        };
    }

    @Override
    public void close() {
        slave.close();
    }
}
