package io.walnutedge.hardware;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.plugin.linuxfs.provider.gpio.digital.LinuxFsDigitalInput;

/** Pi4J's input over {@link InputGpio}. The thread {@code outputs}. */
final class SysfsInputProvider extends DigitalInputProviderBase {
    private final GpioSysfs sysfs;

    SysfsInputProvider(GpioSysfs sysfs) {
        super("sysfs-input", "inputs over sysfs");
        this.sysfs = sysfs;
    }

    /** Pi4J's input, and whether it will ever report a change by itself. */
    static final class Input extends LinuxFsDigitalInput {
        private final InputGpio line;

        Input(InputGpio line, SysfsInputProvider provider, DigitalInputConfig config) {
            super(line, provider, config);
            this.line = line;
        }

        boolean hasEdges() {
            return line.isInterruptSupported();
        }
    }

    @Override
    public DigitalInput create(DigitalInputConfig config) {
        return open(config);
    }

    Input open(DigitalInputConfig config) {
        var input = new Input(new InputGpio(sysfs, config.address()), this, config);
        context.registry().add(input);
        return input;
    }
}
