package io.walnutedge.sensor.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.sensor.NoValueException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegularFileReasonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Resource temporarily unavailable | no measurement is ready yet",
                "No data available | switched off or has not measured yet",
                "Input/output error | did not answer properly"
            })
    void knownErrors_sayWhatTheyMean(String reason, String meaning) {
        var path = Path.of("/sys/x/in_temp_input");
        assertThat(RegularFile.unreadable(path, new IOException(reason)))
                .hasMessageContaining("cannot read /sys/x/in_temp_input: " + reason + " (")
                .hasMessageContaining(meaning);
        assertThat(RegularFile.reason(new FileSystemException("x", null, reason)))
                .contains(meaning);
    }

    /** Of the C library's words for an errno, two mean that nothing has failed. */
    @ParameterizedTest
    @CsvSource({
        "Resource temporarily unavailable, true",
        "No data available, true",
        "Input/output error, false",
        "Remote I/O error, false",
        "Connection timed out, false",
        "No such device, false",
        "No such device or address, false",
        "Device or resource busy, false",
        "Invalid argument, false",
        "Permission denied, false",
        "Stale file handle, false",
        "Bad message, false",
        "Operation not supported, false"
    })
    void noValueNow_isToldFromAFailure(String reason, boolean nothingFailed) {
        var path = Path.of("/sys/x");
        assertThat(RegularFile.unreadable(path, new IOException(reason)) instanceof NoValueException)
                .isEqualTo(nothingFailed);
        assertThat(RegularFile.unreadable(path, new FileSystemException("x", null, reason)) instanceof NoValueException)
                .isEqualTo(nothingFailed);
    }

    @Test
    void otherErrors_standAlone() {
        assertThat(RegularFile.reason(new IOException("Kein Gerät"))).isEqualTo("Kein Gerät");
        assertThat(RegularFile.reason(new IOException())).isEqualTo("IOException");
    }
}
