package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThermalTest {
    private static final String BOARD = """
        sys/class/thermal/cooling_device0/type = cpufreq-cpu0
        sys/class/thermal/thermal_zone0/type = gpu-thermal
        sys/class/thermal/thermal_zone0/temp = 41000
        sys/class/thermal/thermal_zone1/type = cpu-thermal
        sys/class/thermal/thermal_zone1/temp = 48231
        """;

    @TempDir
    Path directory;

    private SysTree tree() {
        return new SysTree(directory).with(BOARD);
    }

    @Test
    void zone_byType_givesDegrees() throws Exception {
        try (var sensor = tree().open(new Thermal(), "zone = cpu-thermal")) {
            assertThat(SysTree.shown(sensor.read())).containsExactly("temperature=48.23°C");
        }
    }

    @Test
    void zone_belowZero_givesDegrees() throws Exception {
        var tree = tree().with("sys/class/thermal/thermal_zone1/temp = -5250");
        assertThat(SysTree.shown(tree.open(new Thermal(), "zone = cpu-thermal").read()))
                .containsExactly("temperature=-5.25°C");
    }

    @Test
    void unknownType_namesThoseThatAreThereAndTheNearest() {
        assertThatThrownBy(() -> tree().open(new Thermal(), "zone = cpu-therml"))
                .isInstanceOf(SensorException.class)
                .hasMessage("no thermal zone of type 'cpu-therml' in " + directory.resolve("sys/class/thermal")
                        + "; there are: gpu-thermal, cpu-thermal; did you mean 'cpu-thermal'?");
    }

    @Test
    void zoneThatMoves_isFoundAtItsNewNumber() throws Exception {
        var tree = tree();
        try (var sensor = tree.open(new Thermal(), "zone = cpu-thermal")) {
            tree.with("""
                sys/class/thermal/thermal_zone0/type = cpu-thermal
                sys/class/thermal/thermal_zone0/temp = 50000
                sys/class/thermal/thermal_zone1/type = gpu-thermal
                """);
            assertThat(SysTree.shown(sensor.read())).containsExactly("temperature=50.00°C");
        }
    }

    @Test
    void zoneThatVanishes_failsAndComesBack() throws Exception {
        var tree = tree();
        try (var sensor = tree.open(new Thermal(), "zone = cpu-thermal")) {
            sensor.read();
            tree.without("sys/class/thermal/thermal_zone1");
            assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("gpu-thermal");
            tree.with("""
                sys/class/thermal/thermal_zone7/type = cpu-thermal
                sys/class/thermal/thermal_zone7/temp = 49000
                """);
            assertThat(SysTree.shown(sensor.read())).containsExactly("temperature=49.00°C");
        }
    }

    @Test
    void invalidTemperatureOfTheKernel_isRefused() throws Exception {
        var tree = tree().with("sys/class/thermal/thermal_zone1/temp = -274000");
        var sensor = tree.open(new Thermal(), "zone = cpu-thermal");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("no value");
    }

    @Test
    void twoZonesOfOneType_areNotGuessedBetween() {
        var tree = tree().with("sys/class/thermal/thermal_zone10/type = cpu-thermal");
        assertThatThrownBy(() -> tree.open(new Thermal(), "zone = cpu-thermal"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("cannot be told apart")
                .hasMessageContaining("thermal_zone10");
    }

    @Test
    void severalNames_takeTheFirstThatTheBoardHas() throws Exception {
        var zones = "zone = [cpul_thermal_zone, cpu-thermal, gpu-thermal]";
        assertThat(SysTree.shown(tree().open(new Thermal(), zones).read())).containsExactly("temperature=48.23°C");

        var other = tree().with("""
            sys/class/thermal/thermal_zone2/type = cpul_thermal_zone
            sys/class/thermal/thermal_zone2/temp = 39000
            """);
        assertThat(SysTree.shown(other.open(new Thermal(), zones).read())).containsExactly("temperature=39.00°C");
    }

    @Test
    void severalNames_noneThere_namesThemAll() {
        assertThatThrownBy(() -> tree().open(new Thermal(), "zone = [cpul_thermal_zone, gpu-thermol]"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("no thermal zone of type 'cpul_thermal_zone' or 'gpu-thermol'")
                .hasMessageEndingWith("; did you mean 'gpu-thermal'?");
    }

    @Test
    void noName_isAProblem() {
        assertThat(SysTree.problems(new Thermal(), "zone = []"))
                .contains("zone")
                .contains("is empty");
        assertThat(SysTree.problems(new Thermal(), "zone = \"\""))
                .contains("zone")
                .contains("is empty");
    }

    @Test
    void missingZoneKey_isAProblem() {
        assertThat(SysTree.problems(new Thermal(), "")).contains("zone").contains("required");
    }
}
