package io.walnutedge.hardware;

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

    /** The configuration must have an initial state. */
    @Override
    public Output create(DigitalOutputConfig config) {
        var line = new OutputGpio(sysfs, config.address(), config.initialState().isHigh());
        var output = new Output(line, this, config);
        context.registry().add(output);
        return output;
    }

    /** Pi4J's own, which lets nobody see where its line is. */
    static final class Output extends LinuxFsDigitalOutput {
        private final OutputGpio line;

        Output(OutputGpio line, GlitchFreeOutputProvider provider, DigitalOutputConfig config) {
            super(line, provider, config);
            this.line = line;
        }

        Path directory() {
            return Path.of(line.getPinPath());
        }
    }
}
