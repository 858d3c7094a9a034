package io.walnutedge.hardware;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.Pi4J;
import com.pi4j.io.i2c.I2C;
import io.walnutedge.sensor.SensorException;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pi4J's native library is asked for with the first transfer, and is missing then and from then on. */
class Pi4jRegistersTest {
    static Stream<LinkageError> errors() {
        return Stream.of(
                new UnsatisfiedLinkError("'int com.pi4j.library.linuxfs.LinuxFile.getPosixFD(java.io.FileDescriptor)'"),
                new NoClassDefFoundError("Could not initialize class com.pi4j.library.linuxfs.LinuxFile"),
                new ExceptionInInitializerError(new IllegalStateException("read-only")));
    }

    private static Pi4jRegisters over(Error error) {
        var device = (I2C) Proxy.newProxyInstance(
                I2C.class.getClassLoader(),
                new Class<?>[] {I2C.class},
                (self, method, args) -> switch (method.getName()) {
                    case "device" -> 0x44;
                    case "bus" -> 1;
                    default -> throw error;
                });
        return new Pi4jRegisters(
                device, Pi4J.newContextBuilder().disableShutdownHook().build());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void eachTransfer_failsWithAReason_eachTime(LinkageError error) {
        var registers = over(error);
        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(() -> registers.write(1, 2))
                    .isInstanceOf(SensorException.class)
                    .hasMessageContaining("0x44 on i2c-1 cannot be asked: Pi4J's I2C library does not load on ");
            assertThatThrownBy(() -> registers.read(2))
                    .isInstanceOf(SensorException.class)
                    .hasMessageContaining("-Dpi4j.library.path= names the directory");
            assertThatThrownBy(() -> registers.readRegister(1, 2)).isInstanceOf(SensorException.class);
        }
    }

    @Test
    void otherError_isNoReason() {
        var registers = over(new OutOfMemoryError("by the test"));
        assertThatThrownBy(() -> registers.write(1)).isInstanceOf(OutOfMemoryError.class);
    }
}
