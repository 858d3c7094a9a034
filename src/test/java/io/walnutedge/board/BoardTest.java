package io.walnutedge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoardTest {
    @TempDir
    Path proc;

    @ParameterizedTest
    @CsvSource({
        "walnutpi-1b, walnutpi-1b",
        "walnutpi-1b-emmc, walnutpi-1b-emmc",
        "walnutpi-2b, walnutpi-2b",
        "WalnutPi 1B / Zero, walnutpi-1b"
    })
    void model_ofABoard_isFoundWithoutItsNul(String model, String map) throws IOException {
        Files.createDirectory(proc.resolve("device-tree"));
        Files.writeString(proc.resolve("device-tree/model"), model + "\0");

        var board = Board.detect(proc);

        assertThat(board.model()).isEqualTo(model);
        assertThat(board.map()).contains(map);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Raspberry Pi 4 Model B Rev 1.4", "walnutpi-3b", "1b", ""})
    void model_ofAnotherBoard_isUnknown(String model) {
        assertThat(Board.of(model).isKnown()).isFalse();
    }

    @Test
    void machine_withoutDeviceTree_isUnknown() {
        assertThat(Board.detect(proc)).isEqualTo(Board.of(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"walnutpi-1b", "walnutpi-1b-emmc", "walnutpi-2b"})
    void map_ofEachBoard_isSoundAndComplete(String map) {
        var header = Header.load(map);

        assertThat(header.pins()).extracting(HeaderPin::position).hasSize(42).doesNotHaveDuplicates();
        var lines = header.pins().stream().filter(HeaderPin::isLine).toList();
        assertThat(lines).extracting(HeaderPin::name).doesNotHaveDuplicates();
        for (var pin : lines) {
            // bank * 32 + n; PL is bank 0 of its own controller
            var bank = pin.name().charAt(1) - (pin.controller().equals("7022000.pinctrl") ? 'L' : 'A');
            assertThat(pin.line())
                    .as(pin.describe())
                    .isEqualTo(bank * 32 + Integer.parseInt(pin.name().substring(2)));
            assertThat(header.named(pin.name().toLowerCase(Locale.ROOT))).contains(pin);
        }
        assertThat(header.pins())
                .filteredOn(pin -> pin.kind() == HeaderPin.Kind.GND)
                .hasSize(8);
    }
}
