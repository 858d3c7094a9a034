package io.walnutedge.discovery;

import io.walnutedge.config.DeviceClasses;
import java.util.Map;
import java.util.Optional;

/** Which device class a quantity has by its name and its unit, if the user does not say. Stateless; any thread. */
final class DeviceClassGuess {
    /** By the name of the quantity, which a number may follow. */
    private static final Map<String, String> BY_NAME = Map.ofEntries(
            Map.entry("ambient", "temperature"),
            Map.entry("aqi", "aqi"),
            Map.entry("capacity", "battery"),
            Map.entry("charge", "battery"),
            Map.entry("co2", "carbon_dioxide"),
            Map.entry("dew-point", "temperature"),
            Map.entry("eco2", "carbon_dioxide"),
            Map.entry("humidity", "humidity"),
            Map.entry("object", "temperature"),
            Map.entry("ph", "ph"),
            Map.entry("pm1", "pm1"),
            Map.entry("pm10", "pm10"),
            Map.entry("pm2-5", "pm25"),
            Map.entry("pressure", "pressure"),
            Map.entry("sea-level-pressure", "atmospheric_pressure"),
            Map.entry("signal", "signal_strength"),
            Map.entry("temperature", "temperature"),
            Map.entry("tvoc", "volatile_organic_compounds_parts"),
            Map.entry("uptime", "duration"));

    /** By the unit, where it leaves no doubt and Home Assistant has it since 2024.2; it takes flows in L/h and L/s since 2025.5. */
    private static final Map<String, String> BY_UNIT = Map.ofEntries(
            Map.entry("A", "current"),
            Map.entry("GHz", "frequency"),
            Map.entry("GiB", "data_size"),
            Map.entry("Hz", "frequency"),
            Map.entry("K", "temperature"),
            Map.entry("L", "volume"),
            Map.entry("L/min", "volume_flow_rate"),
            Map.entry("MB", "data_size"),
            Map.entry("MHz", "frequency"),
            Map.entry("MWh", "energy"),
            Map.entry("MiB", "data_size"),
            Map.entry("Pa", "pressure"),
            Map.entry("V", "voltage"),
            Map.entry("W", "power"),
            Map.entry("W/m²", "irradiance"),
            Map.entry("Wh", "energy"),
            Map.entry("bar", "pressure"),
            Map.entry("cm", "distance"),
            Map.entry("dBm", "signal_strength"),
            Map.entry("g", "weight"),
            Map.entry("hPa", "pressure"),
            Map.entry("inHg", "pressure"),
            Map.entry("kHz", "frequency"),
            Map.entry("kPa", "pressure"),
            Map.entry("kW", "power"),
            Map.entry("kWh", "energy"),
            Map.entry("kg", "weight"),
            Map.entry("km/h", "speed"),
            Map.entry("lx", "illuminance"),
            Map.entry("m", "distance"),
            Map.entry("m/s", "speed"),
            Map.entry("mA", "current"),
            Map.entry("mV", "voltage"),
            Map.entry("m³/h", "volume_flow_rate"),
            Map.entry("mm", "distance"),
            Map.entry("mmHg", "pressure"),
            Map.entry("psi", "pressure"),
            Map.entry("°C", "temperature"),
            Map.entry("°F", "temperature"));

    private DeviceClassGuess() {}

    static Optional<String> of(String quantity, String unit) {
        var byName = Optional.ofNullable(BY_NAME.get(quantity))
                .or(() -> Optional.ofNullable(BY_NAME.get(quantity.replaceAll("[-_]?[0-9]+$", ""))))
                .filter(name -> DeviceClasses.fits(name, unit));
        return byName.or(() -> Optional.ofNullable(BY_UNIT.get(DeviceClasses.unit(unit))));
    }

    /** A total of pulses or of an integral grows; whatever else is measured. */
    static Optional<String> state(Optional<String> deviceClass, boolean isTotal) {
        var wanted = isTotal ? "total_increasing" : "measurement";
        var fitting = DeviceClasses.states(deviceClass);
        return fitting.contains(wanted) ? Optional.of(wanted) : fitting.stream().findFirst();
    }
}
