package io.walnutedge.hardware;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.plugin.linuxfs.provider.gpio.digital.LinuxFsDigitalOutput;
import java.io.IOException;
import java.nio.file.Path;

/** Pi4J's output over a line that it can open, and opens without a glitch. The thread {@code outputs}. */
final class GlitchFreeOutputProvider extends DigitalOutputProviderBase {
    private final GpioSysfs sysfs;

    GlitchFreeOutputProvider(GpioSysfs sysfs) {
        super("glitch-free-output", "outputs over sysfs, without a glitch");
        this.sysfs = sysfs;
    }

    /** The level that a line shows before it is opened. */
    boolean showsHigh(int number) throws IOException {
        return new OutputGpio(sysfs, number, false).showsHigh();
    }

    /** An output of Pi4J, and where its line is, which that lets nobody see. */
    record Opened(DigitalOutput output, Path directory) {}

    /** The configuration must have an initial state. */
    Opened open(DigitalOutputConfig config) {
        var line = new OutputGpio(sysfs, config.address(), config.initialState().isHigh());
        // of Pi4J's own class, for it logs under its name what is an exception as well
        var output = new LinuxFsDigitalOutput(line, this, config);
        context.registry().add(output);
        return new Opened(output, Path.of(line.getPinPath()));
    }

    @Override
    public DigitalOutput create(DigitalOutputConfig config) {
        return open(config).output();
    }
}
