package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Absence;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.Attribute;
import io.walnutedge.sensor.files.DecimalText;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The strength of a wireless link: {@code type = wifi, interface = wlan0}, from procfs (net/wireless/wext-proc.c,
 * wireless_seq_printf_stats; iwconfig(8)). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Wifi implements SensorDriver {
    private static final Quantity SIGNAL = new Quantity("signal", "dBm", 0);

    /** As the driver counts it; of those behind cfg80211 the most is 70 (net/wireless/wext-compat.c). */
    private static final Quantity QUALITY = new Quantity("quality", "", 0);

    /** Name, status in hexadecimal, link quality, level; a point behind a figure marks it as new. */
    private static final Pattern LINE =
            Pattern.compile("(?m)^\\s*(\\S+):\\s*[0-9a-f]{4}\\s+(\\S+)\\s+(\\S+)(?:\\s.*)?$");

    /** A level of 8 bits without a sign that a driver counts in dBm and does not say so (iwconfig, iw_print_stats). */
    private static final int UNSIGNED = 256;

    /** Such a level means no more than the -100 dBm at which a link ends; what is less counts something else. */
    private static final int LEAST_UNSIGNED = UNSIGNED - 100;

    @Override
    public String name() {
        return "wifi";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var device = Network.interfaceOf(settings, "wlan0");
        return new SensorPlan(new FileSource(device), List.of(SIGNAL, QUALITY), hardware -> {
            var files = hardware.access(DeviceFiles.class);
            var proc = files.proc();
            return new Link(device, files.attribute(proc.resolve("net/wireless"), files.isKernel(proc)));
        });
    }

    private record Link(String device, Attribute wireless) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException {
            var line = LINE.matcher(wireless.text())
                    .results()
                    .filter(each -> each.group(1).equals(device))
                    .findFirst();
            if (line.isEmpty()) {
                throw new SensorException(
                        wireless.path() + " has no " + device + ": no wireless interface, or it is down");
            }
            var quality = figure(line.get().group(2));
            var level = figure(line.get().group(3));
            // without a connection
            if (quality <= 0) {
                throw new NoValueException(device + " is not connected to an access point");
            }
            var measured = Measurement.of(QUALITY, quality);
            return dbm(level)
                    .map(signal -> List.of(Measurement.of(SIGNAL, signal), measured))
                    .orElseGet(() -> List.of(
                            new Measurement(SIGNAL, Absence.normal("the driver of " + device + " has no level in dBm")),
                            measured));
        }

        private double figure(String text) throws SensorException {
            var figure = DecimalText.parse(text);
            if (Double.isNaN(figure)) {
                throw new SensorException(wireless.path() + " has '" + text + "' of " + device + ", not a number");
            }
            return figure;
        }

        /** Empty where the driver has a level of its own, such as percent. */
        private static Optional<Double> dbm(double level) {
            if (level < 0) {
                return Optional.of(level);
            }
            return level >= LEAST_UNSIGNED && level < UNSIGNED ? Optional.of(level - UNSIGNED) : Optional.empty();
        }

        @Override
        public void close() {
            wireless.close();
        }
    }
}
