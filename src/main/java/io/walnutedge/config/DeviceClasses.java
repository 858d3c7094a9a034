package io.walnutedge.config;

import io.walnutedge.text.UnitSpelling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Home Assistant's device classes and the units that go with each (developers.home-assistant.io, "Sensor entity", "Available
 * device classes", and the same pages of binary sensors, switches, valves and events). Those without a number (date, enum,
 * timestamp) and money are left out: nothing here publishes them. A Home Assistant that is older than a class refuses an
 * entity that has it, so that those that are newer than 2024.2 are for the configuration alone: conductivity (2024.7), area
 * (2024.12), wind_direction (2025.3), reactive_energy (2025.6), absolute_humidity (2025.8), pm4 (2025.10) and
 * temperature_delta (2025.11). Immutable; any thread.
 */
public final class DeviceClasses {
    private static final String PRESSURES = "Pa hPa kPa bar cbar mbar mmHg inHg psi";
    private static final String ENERGIES = "J kJ MJ GJ mWh Wh kWh MWh GWh TWh cal kcal Mcal Gcal";
    private static final String VOLUMES = "L mL m³ ft³ CCF gal";
    private static final String SPEEDS = "m/s km/h mm/s ft/s in/s mph kn Beaufort";
    private static final String FLUXES = "mm/d mm/h in/d in/h";
    private static final String MICROGRAMS = "µg/m³";
    private static final String TEMPERATURES = "°C °F K";
    private static final List<String> TOTALS = List.of("total", "total_increasing");

    /** Units by device class; of a class that has none, the only one is the empty text. */
    private static final Map<String, List<String>> UNITS = new LinkedHashMap<>();

    /** State classes by device class, where not all of them fit. */
    private static final Map<String, List<String>> STATES = new LinkedHashMap<>();

    /** For a state that Home Assistant keeps long-term statistics of. */
    public static final List<String> STATE_CLASSES = List.of("measurement", "total", "total_increasing");

    public static final List<String> CONTACTS = List.of(
            "battery",
            "battery_charging",
            "carbon_monoxide",
            "cold",
            "connectivity",
            "door",
            "garage_door",
            "gas",
            "heat",
            "light",
            "lock",
            "moisture",
            "motion",
            "moving",
            "occupancy",
            "opening",
            "plug",
            "power",
            "presence",
            "problem",
            "running",
            "safety",
            "smoke",
            "sound",
            "tamper",
            "update",
            "vibration",
            "window");

    public static final List<String> SWITCHES = List.of("outlet", "switch");
    public static final List<String> VALVES = List.of("gas", "water");

    static {
        units("absolute_humidity", "g/m³ mg/m³");
        units("apparent_power", "VA");
        without("aqi");
        units("area", "m² cm² km² mm² in² ft² yd² mi² ac ha");
        units("atmospheric_pressure", PRESSURES);
        units("battery", "%");
        units("carbon_dioxide", "ppm");
        units("carbon_monoxide", "ppm");
        units("conductivity", "S/cm mS/cm µS/cm");
        units("current", "A mA");
        units("data_rate", "bit/s kbit/s Mbit/s Gbit/s B/s kB/s MB/s GB/s KiB/s MiB/s GiB/s");
        units("data_size", "bit kbit Mbit Gbit B kB MB GB TB PB EB ZB YB KiB MiB GiB TiB PiB EiB ZiB YiB");
        units("distance", "mm cm m km in ft yd mi nmi");
        units("duration", "d h min s ms");
        units("energy", ENERGIES);
        units("energy_storage", ENERGIES);
        units("frequency", "Hz kHz MHz GHz");
        units("gas", "m³ ft³ CCF");
        units("humidity", "%");
        units("illuminance", "lx");
        units("irradiance", "W/m² BTU/(h⋅ft²)");
        units("moisture", "%");
        units("nitrogen_dioxide", MICROGRAMS);
        units("nitrogen_monoxide", MICROGRAMS);
        units("nitrous_oxide", MICROGRAMS);
        units("ozone", MICROGRAMS);
        without("ph");
        units("pm1", MICROGRAMS);
        units("pm10", MICROGRAMS);
        units("pm25", MICROGRAMS);
        units("pm4", MICROGRAMS);
        units("power", "mW W kW MW GW TW");
        UNITS.put("power_factor", List.of("%", ""));
        units("precipitation", "cm mm in");
        units("precipitation_intensity", FLUXES);
        units("pressure", PRESSURES);
        units("reactive_energy", "varh kvarh");
        units("reactive_power", "var");
        units("signal_strength", "dB dBm");
        units("sound_pressure", "dB dBA");
        units("speed", SPEEDS + " " + FLUXES);
        units("sulphur_dioxide", MICROGRAMS);
        units("temperature", TEMPERATURES);
        units("temperature_delta", TEMPERATURES);
        units("volatile_organic_compounds", MICROGRAMS);
        units("volatile_organic_compounds_parts", "ppm ppb");
        units("voltage", "V mV µV kV MV");
        units("volume", VOLUMES);
        units("volume_flow_rate", "m³/h m³/s L/h L/min L/s mL/s ft³/min gal/min");
        units("volume_storage", VOLUMES);
        units("water", VOLUMES.replace(" mL", ""));
        units("weight", "kg g mg µg oz lb st");
        units("wind_direction", "°");
        units("wind_speed", SPEEDS);
        UNITS.keySet().forEach(name -> STATES.put(name, List.of("measurement")));
        List.of("area", "data_size", "distance", "duration", "precipitation", "weight")
                .forEach(name -> STATES.put(name, STATE_CLASSES));
        List.of("energy", "gas", "reactive_energy", "volume", "water").forEach(name -> STATES.put(name, TOTALS));
        STATES.put("wind_direction", List.of());
    }

    private DeviceClasses() {}

    private static void units(String name, String units) {
        UNITS.put(name, Arrays.asList(units.split(" ")));
    }

    private static void without(String name) {
        UNITS.put(name, List.of(""));
    }

    /** Of what is measured. */
    public static List<String> sensors() {
        return List.copyOf(UNITS.keySet());
    }

    /** The units that a class takes, as Home Assistant writes them. */
    public static List<String> units(String deviceClass) {
        return UNITS.getOrDefault(deviceClass, List.of());
    }

    public static boolean fits(String deviceClass, String unit) {
        return units(deviceClass).contains(unit(unit));
    }

    /** The state classes that go with a device class, all of them where there is none. */
    public static List<String> states(Optional<String> deviceClass) {
        return deviceClass.map(name -> STATES.getOrDefault(name, STATE_CLASSES)).orElse(STATE_CLASSES);
    }

    /** A unit as Home Assistant writes it: litres with a large L, the rest as {@link UnitSpelling} has it. */
    public static String unit(String unit) {
        var spelled = UnitSpelling.of(unit);
        return spelled.equals("l") || spelled.startsWith("l/")
                ? "L" + spelled.substring(1)
                : spelled.equals("ml") ? "mL" : spelled;
    }
}
