package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.config.Settings;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Attribute;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
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

    /** Name, status, link quality, level; a point behind a figure marks it as new. */
    private static final Pattern LINE =
            Pattern.compile("(?m)^ *(\\S{1,15}): +[0-9a-f]{4} +([0-9]{1,3})\\.? +(-?[0-9]{1,3})\\.? .*$");

    @Override
    public String name() {
        return "wifi";
    }

    @Override
    public SensorPlan plan(Settings settings) {
        var device = Network.interfaceOf(settings, "wlan0");
        return new SensorPlan(new SensorPlan.FileLike(device), List.of(SIGNAL, QUALITY), hardware -> {
            var proc = hardware.roots().proc();
            return new Link(device, new Attribute(proc.resolve("net/wireless"), Attribute.isKernel(proc)));
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
            var quality = Integer.parseInt(line.get().group(2));
            var level = Integer.parseInt(line.get().group(3));
            return List.of(
                    Measurement.of(
                            SIGNAL,
                            dbm(level, quality)
                                    .orElseThrow(() ->
                                            new SensorException(device + " is not connected to an access point"))),
                    Measurement.of(QUALITY, quality));
        }

        /** Without a connection the quality is 0; a level that is not negative is no level in dBm. */
        private static Optional<Double> dbm(int level, int quality) {
            return quality > 0 && level < 0 ? Optional.of((double) level) : Optional.empty();
        }

        @Override
        public void close() {
            wireless.close();
        }
    }
}
