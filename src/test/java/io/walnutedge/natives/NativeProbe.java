package io.walnutedge.natives;

import com.fazecast.jSerialComm.SerialPort;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that loads one library as the program does, and prints the machine code that it has then. */
public final class NativeProbe {
    private NativeProbe() {}

    /** @param arguments name of the library */
    public static void main(String[] arguments) throws IOException {
        var library = arguments[0].equals("JNA") ? NativeCode.JNA : NativeCode.SERIAL;
        try {
            library.require();
            // not a constant of the compiler's: this loads the class
            System.out.println(library == NativeCode.JNA ? "" + Native.POINTER_SIZE : SerialPort.getVersion());
            System.out.println("ready");
        } catch (LinkageError refused) {
            System.out.println("refused: " + refused.getMessage());
        }
        try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
            maps.filter(line -> line.matches(".*(jSerialComm|jnidispatch|planted|/jna).*"))
                    .map(line -> line.replaceAll("^[^/]*", ""))
                    .distinct()
                    .forEach(System.out::println);
        }
    }
}
