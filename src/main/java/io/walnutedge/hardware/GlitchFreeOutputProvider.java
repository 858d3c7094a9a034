package io.walnutedge.hardware;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.plugin.linuxfs.provider.gpio.digital.LinuxFsDigitalOutput;

/** Pi4J's output over a line that it can open, and opens without a glitch. The thread {@code outputs}. */
final class GlitchFreeOutputProvider extends DigitalOutputProviderBase {
    private final GpioSysfs sysfs;

    GlitchFreeOutputProvider(GpioSysfs sysfs) {
        super("glitch-free-output", "outputs over sysfs, without a glitch");
        this.sysfs = sysfs;
    }

    /** The configuration must have an initial state. */
    @Override
    public DigitalOutput create(DigitalOutputConfig config) {
        var line = new OutputGpio(sysfs, config.address(), config.initialState().isHigh());
        var output = new LinuxFsDigitalOutput(line, this, config);
        context.registry().add(output);
        return output;
    }
}
