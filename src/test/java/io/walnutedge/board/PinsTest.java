package io.walnutedge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinsTest {
    @TempDir
    Path sys;

    private void controller(String chip, String label, int base, int lines) throws IOException {
        var directory = Files.createDirectories(sys.resolve("class/gpio").resolve(chip));
        Files.writeString(directory.resolve("label"), label + "\n");
        Files.writeString(directory.resolve("base"), base + "\n");
        Files.writeString(directory.resolve("ngpio"), lines + "\n");
    }

    private Pins pins(String model) {
        return new Pins(Board.of(model), sys);
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatExceptionOfType(PinException.class)
                .isThrownBy(call)
                .satisfies(failed -> assertThat(failed.getMessage()).contains(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "PC9", "pc9", "gpio73", "GPIO73"})
    void line_byAnyOfItsNames_isTheSame(String text) throws Exception {
        controller("gpiochip0", "300b000.pinctrl", 0, 288);
        controller("gpiochip352", "7022000.pinctrl", 352, 32);

        assertThat(pins("walnutpi-1b").resolve(text)).isEqualTo(new Pin("PC9 (header 11)", 73));
    }

    @Test
    void base_ofAnotherKernel_isRead() throws Exception {
        controller("gpiochip512", "300b000.pinctrl", 512, 288);

        assertThat(pins("WalnutPi 1B / Zero").resolve("11").sysfs()).isEqualTo(512 + 73);
        assertThat(pins("WalnutPi 1B / Zero").resolve("gpio585")).isEqualTo(new Pin("PC9 (header 11)", 585));
    }

    @ParameterizedTest
    @CsvSource({"29, 1006, 'PL6 (header 29)'", "PL2, 1002, 'PL2 (header 35)'", "3, 37, 'PB5 (header 3, I2C1_SDA)'"})
    void line_ofTheSecondController_takesThatOnesBase(String text, int sysfs, String name) throws Exception {
        controller("gpiochip1000", "7022000.pinctrl", 1000, 32);
        controller("gpiochip0", "2000000.pinctrl", 0, 352);

        assertThat(pins("walnutpi-2b").resolve(text)).isEqualTo(new Pin(name, sysfs));
    }

    @Test
    void controller_thatIsNotThere_isNamedWithThoseThatAre() throws Exception {
        controller("gpiochip0", "2000000.pinctrl", 0, 352);

        refused(
                () -> pins("walnutpi-2b").resolve("29"),
                "7022000.pinctrl",
                "PL6 (header 29)",
                "2000000.pinctrl (gpio0 to gpio351)");
    }

    @Test
    void kernel_withoutSysfsGpio_isToldSo() {
        refused(() -> pins("walnutpi-1b").resolve("11"), "CONFIG_GPIO_SYSFS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "walnutpi-1b      | 1      | header position 1 is 3V3, a supply",
                "walnutpi-1b      | 6      | header position 6 is ground",
                "walnutpi-1b-emmc | 11     | header position 11 is not connected",
                "walnutpi-1b      | 43     | no header position 43",
                "walnutpi-1b      | 0      | no header position 0",
                "walnutpi-1b      | 73     | gpio73",
                "walnutpi-1b      | 42     | held by the kernel's gpio-leds",
                "walnutpi-1b      | PC13   | held by the kernel's gpio-leds",
                "walnutpi-1b      | gpio77 | held by the kernel's gpio-leds",
                "walnutpi-2b      | 41     | held by the kernel's gpio-keys-polled",
                "walnutpi-1b      | PC99   | PC99 is not on this board's header; did you mean 'PC9'?",
                "walnutpi-1b      | CP8    | 'CP8' names no pin",
                "walnutpi-1b      | CP8    | did you mean 'PC8'?",
                "walnutpi-1b      | PF0    | PF0 is not on this board's header",
                "walnutpi-1b      | lamp   | accepted: a header position as 11",
                "walnutpi-1b      | gpio999| no GPIO controller has line gpio999"
            })
    void pin_thatCannotBeUsed_isRefusedWithTheReason(String model, String text, String reason) throws Exception {
        controller("gpiochip0", model.equals("walnutpi-2b") ? "2000000.pinctrl" : "300b000.pinctrl", 0, 352);

        refused(() -> pins(model).resolve(text), reason);
    }

    @Test
    void key_ofThe1b_isFree() throws Exception {
        controller("gpiochip0", "300b000.pinctrl", 0, 288);

        assertThat(pins("walnutpi-1b").resolve("PC12")).isEqualTo(new Pin("PC12 (KEY)", 76));
    }

    @Test
    void board_thatIsNotKnown_hasOnlyNumbers() throws Exception {
        controller("gpiochip504", "9030000.pl061", 504, 8);
        var pins = pins("linux,dummy-virt");

        assertThat(pins.resolve("gpio507")).isEqualTo(new Pin("gpio507", 507));
        refused(() -> pins.resolve("PC9"), "linux,dummy-virt", "not known", "gpio73");
        refused(() -> pins.resolve("11"), "'11' cannot be placed");
        refused(() -> pins.identity("PC9"), "not known");
        refused(() -> pins.resolve("gpio503"), "9030000.pl061 (gpio504 to gpio511)");
        assertThat(pins.rows()).isEmpty();
    }

    @Test
    void identity_onAMachineThatIsNoBoard_goesByTheHeaderOfThe1b() throws Exception {
        var pins = pins("");

        assertThat(pins.identity("11"))
                .isEqualTo(pins.identity("pc9"))
                .isEqualTo(pins.identity("gpio73"))
                .isNotEqualTo(pins.identity("12"));
        assertThat(pins.identity("gpio5")).isNotEqualTo(pins.identity("gpio6"));
        refused(() -> pins.identity("6"), "ground");
        refused(() -> pins.identity("gpio77"), "gpio-leds");
    }

    @Test
    void identity_onTheBoard_goesByTheBaseThatIsRead() throws Exception {
        controller("gpiochip512", "300b000.pinctrl", 512, 288);
        var pins = pins("walnutpi-1b");

        assertThat(pins.identity("11")).isEqualTo(pins.identity("gpio585")).isNotEqualTo(pins.identity("gpio584"));
    }

    @Test
    void rows_ofTheHeader_haveTheNumbersOfThisKernel() throws Exception {
        controller("gpiochip512", "300b000.pinctrl", 512, 288);

        var rows = pins("walnutpi-1b").rows();

        assertThat(rows).hasSize(42);
        assertThat(rows.get(10).sysfs()).hasValue(585);
        assertThat(rows.get(0).sysfs()).isEmpty();
        assertThat(rows.get(2).pin().overlay()).isEqualTo("i2c1");
    }

    @Test
    void controller_withGarbageForABase_isAnError() throws Exception {
        controller("gpiochip0", "300b000.pinctrl", 0, 288);
        Files.writeString(sys.resolve("class/gpio/gpiochip0/base"), "zero\n");

        refused(() -> pins("walnutpi-1b").resolve("11"), "base is 'zero', not a number");
    }
}
