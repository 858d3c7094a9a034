package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.text.UnitSpelling;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every unit of every device class, in each way to type it. */
class UnitVariantsTest {
    private static Set<String> variants(String unit) {
        var variants = new LinkedHashSet<String>();
        variants.add(unit);
        variants.add(" " + unit + "\u00a0");
        variants.add(unit.codePoints()
                .map(c -> c > ' ' && c < 0x7f ? c + 0xfee0 : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining()));
        for (var micro : new String[] {"\u00b5", "\u03bc", "u"}) {
            variants.add(unit.replace("µ", micro));
        }
        for (var degree : new String[] {"\u00ba", "\u02da", "\u2218", "deg", "deg ", "° "}) {
            variants.add(unit.length() > 1 ? unit.replace("°", degree) : unit);
        }
        variants.add(unit.replace("²", "2").replace("³", "3"));
        variants.add(unit.replace("²", "^2").replace("³", "^3"));
        variants.add(unit.replace("m²", "㎡")
                .replace("m³", "㎥")
                .replace("°C", "℃")
                .replace("°F", "℉")
                .replace("%", "％"));
        return variants;
    }

    @Test
    void everyVariant_isTheUnit_andFitsItsClass() {
        for (var deviceClass : DeviceClasses.sensors()) {
            for (var unit : DeviceClasses.units(deviceClass)) {
                for (var typed : variants(unit)) {
                    var problems = new Problems();
                    var read = ConfigFile.parse("unit = \"" + typed + "\"", problems)
                            .unit("unit", "");
                    assertThat(typed.isBlank() ? "" : read)
                            .as("'%s' of %s", typed, deviceClass)
                            .isEqualTo(unit);
                    assertThat(DeviceClasses.fits(deviceClass, typed))
                            .as("'%s' of %s", typed, deviceClass)
                            .isTrue();
                }
                assertThat(UnitSpelling.of(unit)).isEqualTo(unit);
            }
        }
    }
}
