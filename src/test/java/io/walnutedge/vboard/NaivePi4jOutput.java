package io.walnutedge.vboard;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.linuxfs.provider.gpio.digital.LinuxFsDigitalOutputProvider;

/** Runs in the guest: opens a digital output in the way Pi4J's manual shows, and says what came of it. */
final class NaivePi4jOutput {
    private NaivePi4jOutput() {}

    public static void main(String[] args) {
        Context pi4j = Pi4J.newContextBuilder()
                .add(LinuxFsDigitalOutputProvider.newInstance("/sys/class/gpio/"))
                .build();
        try {
            DigitalOutput output = pi4j.create(DigitalOutput.newConfigBuilder(pi4j)
                    .id("relay")
                    .address(Integer.parseInt(args[0]))
                    .initial(DigitalState.HIGH)
                    .provider("linuxfs-digital-output")
                    .build());
            System.out.println("OPENED " + output.state());
        } catch (Pi4JException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                System.out.println("FAILED " + t.getClass().getName() + ": " + t.getMessage());
            }
        } finally {
            pi4j.shutdown();
        }
    }
}
