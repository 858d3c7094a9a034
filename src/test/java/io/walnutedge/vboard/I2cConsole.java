package io.walnutedge.vboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import io.walnutedge.actuator.Actuator;
import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.actuator.ActuatorException;
import io.walnutedge.actuator.ActuatorHardware;
import io.walnutedge.hardware.Pi4jHardware;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.Registers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs in the guest, once for many tests: does on the bus what {@link I2cProgram} tells it, a line at a time, with the
 * daemon's own hardware and drivers, or with Pi4J as its manual shows. Each line has an answer, {@code ok} or
 * {@code error} and a text.
 */
final class I2cConsole {
    private static final int BUS = 1;
    /** On an emulated processor the first transfers of a kind take half a second, and many times that where it is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final HexFormat HEX = HexFormat.of();

    private final Pi4jHardware hardware = Pi4jHardware.ofMachine(Roots.SYSTEM);
    private final Drivers drivers = Drivers.installed();
    private final Context naive =
            Pi4J.newContextBuilder().add(LinuxFsI2CProvider.newInstance()).build();
    private final Map<String, Registers> chips = new HashMap<>();
    private final Map<String, Sensor> sensors = new HashMap<>();
    private final ActuatorDrivers actuators = ActuatorDrivers.installed();
    private ActuatorHardware outputHardware = outputHardware();
    private final Map<String, Actuator> outputs = new HashMap<>();
    private final Map<String, I2C> naiveChips = new HashMap<>();

    private I2cConsole() {}

    public static void main(String[] args) throws IOException {
        try (Socket socket = new Socket("10.0.2.2", Integer.parseInt(args[0]));
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
                PrintStream out = new PrintStream(socket.getOutputStream(), true, UTF_8)) {
            I2cConsole console = new I2cConsole();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(console.answer(line));
            }
        }
        System.exit(0);
    }

    private String answer(String line) {
        try {
            return "ok " + perform(line.split(" ", 4));
        } catch (SensorException | ActuatorException | Pi4JException failed) {
            return "error " + failed.getClass().getSimpleName() + ": " + failed.getMessage();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private String perform(String[] words) throws SensorException, ActuatorException, InterruptedException {
        String name = words[1];
        switch (words[0]) {
            case "open" -> chips.put(name, hardware.registers(BUS, Integer.decode(words[2])));
            case "close" -> known(chips.remove(name), name).close();
            case "write" -> known(chips.get(name), name).write(bytes(words[2]));
            case "read" -> {
                return HEX.formatHex(known(chips.get(name), name).read(Integer.parseInt(words[2])));
            }
            case "register" -> {
                return HEX.formatHex(known(chips.get(name), name)
                        .readRegister(Integer.decode(words[2]), Integer.parseInt(words[3])));
            }
            case "sensor" -> sensors.put(name, sensor(words[2], words.length > 3 ? words[3] : ""));
            case "sample" -> {
                return known(sensors.get(name), name).read().stream()
                        .map(measurement -> measurement.value().format(6))
                        .collect(Collectors.joining(" "));
            }
            case "files" -> {
                return files(name.split(",", -1));
            }
            case "end" -> known(sensors.remove(name), name).close();
            case "output" -> outputs.put(name, output(words[2], words[3]));
            case "drive" -> known(outputs.get(name), name).set(Double.parseDouble(words[2]));
            case "level" -> {
                return String.valueOf(known(outputs.get(name), name).read());
            }
            case "release" -> release();
            case "naive-open" -> naiveChips.put(name, naive(Integer.decode(words[2])));
            case "naive-read" -> {
                byte[] data = new byte[Integer.parseInt(words[2])];
                return known(naiveChips.get(name), name).read(data, 0, data.length) + " " + HEX.formatHex(data);
            }
            case "naive-register" -> {
                byte[] data = new byte[Integer.parseInt(words[3])];
                return known(naiveChips.get(name), name).readRegister(Integer.decode(words[2]), data, 0, data.length)
                        + " " + HEX.formatHex(data);
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "";
    }

    /** What the kernel says in its files, one word each; an error if one cannot be read. */
    private static String files(String[] paths) throws SensorException {
        try {
            var words = new StringJoiner(" ");
            for (String path : paths) {
                words.add(Files.readString(Path.of(path)).strip());
            }
            return words.toString();
        } catch (IOException failed) {
            throw new SensorException(failed.toString(), failed);
        }
    }

    private static <T> T known(@Nullable T opened, String name) {
        return Objects.requireNonNull(opened, name);
    }

    private static int[] bytes(String hex) {
        byte[] bytes = HEX.parseHex(hex);
        int[] values = new int[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[i] & 0xff;
        }
        return values;
    }

    private Sensor sensor(String type, String settings) throws SensorException, InterruptedException {
        Problems problems = new Problems();
        var plan = drivers.find(type).orElseThrow().plan(ConfigFile.parse(settings, problems));
        if (!problems.list().isEmpty()) {
            throw new IllegalArgumentException(problems.list().toString());
        }
        return plan.opening().open(hardware);
    }

    private ActuatorHardware outputHardware() {
        return new ActuatorHardware(
                hardware,
                pin -> {
                    throw new IllegalArgumentException("outputs on chips have no pin: " + pin);
                },
                hardware,
                PATIENCE);
    }

    /** Behind them nothing is known of the chips any more, as with a daemon that ends. */
    private void release() throws ActuatorException {
        for (Actuator output : outputs.values()) {
            output.close();
        }
        outputs.clear();
        outputHardware = outputHardware();
    }

    /** Opens it at off, as an output with {@code initial = off} is. */
    private Actuator output(String type, String settings) throws ActuatorException {
        Problems problems = new Problems();
        var plan = actuators.find(type).orElseThrow().plan(ConfigFile.parse(settings, problems));
        if (!problems.list().isEmpty()) {
            throw new IllegalArgumentException(problems.list().toString());
        }
        return plan.opening().open(outputHardware, OptionalDouble.of(0));
    }

    private I2C naive(int address) {
        return naive.create(I2C.newConfigBuilder(naive)
                .id("naive-" + address)
                .bus(BUS)
                .device(address)
                .provider("linuxfs-i2c")
                .build());
    }
}
