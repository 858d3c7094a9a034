package io.walnutedge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitSpellingTest {
    @Test
    void everyWayToTypeDegrees() {
        for (var each : List.of(
                "℃",
                "ºC",
                "˚C",
                "C",
                "°c",
                "degC",
                "deg C",
                "deg. C",
                "° C",
                "'C",
                "*C",
                "′C",
                "oC",
                "Celsius",
                "celsius",
                "摄氏度",
                "攝氏度",
                "Ｃ",
                "°Ｃ",
                "⁰C",
                "degrees C",
                "∘C",
                " °C ",
                "\u00a0℃",
                "°\u200bC",
                "℃\ufe0e")) {
            assertThat(UnitSpelling.of(each)).as(each).isEqualTo("°C");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "°F,℉",
        "°F,ºF",
        "°F,F",
        "°F,degF",
        "K,K",
        "K,\u212a",
        "K,°K",
        "%,％",
        "%,%RH",
        "%,% RH",
        "%,%rH",
        "%,%r.H.",
        "%,RH%",
        "%,%相对湿度",
        "%,percent",
        "µm,\u03bcm",
        "µm,\u00b5m",
        "µm,um",
        "µA,uA",
        "µg/m³,ug/m3",
        "µg/m³,\u03bcg/m^3",
        "µg/m³,㎍/㎥",
        "µS/cm,uS/cm",
        "m²,㎡",
        "m²,m2",
        "m²,m^2",
        "m²,m**2",
        "m³,㎥",
        "m³,m3",
        "m³/h,m3/h",
        "m/s²,m/s2",
        "m/s²,m/s^2",
        "m/s,㎧",
        "s⁻¹,s^-1",
        "km²,㎢",
        "mm²,㎟",
        "cm³,㎤",
        "hPa,㍱",
        "kPa,㎪",
        "Pa,㎩",
        "kHz,㎑",
        "Hz,㎐",
        "mV,㎷",
        "µV,㎶",
        "kV,㎸",
        "mA,㎃",
        "kW,㎾",
        "mW,㎽",
        "dB,㏈",
        "lx,㏓",
        "lx,lux",
        "kΩ,kOhm",
        "kΩ,㏀",
        "MΩ,㏁",
        "MΩ,MOhm",
        "Ω,\u2126",
        "Ω,ohm",
        "Ω,Ohms",
        "l,ℓ",
        "ml,㎖",
        "kg,㎏",
        "mg,㎎",
        "mm,㎜",
        "ms,㎳",
        "µs,㎲",
        "hPa,ｈＰａ",
        "km/h,ｋｍ／ｈ",
        "km/h,kmh",
        "kWh,kwh",
        "kWh,KWH",
        "kPa,KPa",
        "hPa,HPA",
        "ppm,PPM",
        "rad/s,㎮",
        "dBA,dB(A)"
    })
    void otherWays(String unit, String typed) {
        assertThat(UnitSpelling.of(typed)).isEqualTo(unit);
        assertThat(UnitSpelling.of(unit)).isEqualTo(unit);
    }

    @Test
    void otherTexts_stayAsTheyAre() {
        for (var unit : List.of(
                "",
                "pcs",
                "张",
                "升",
                "个/分钟",
                "mmH2O",
                "CO2",
                "H2O",
                "MWh",
                "mWh",
                "bar",
                "lbs",
                "CCF",
                "Fahrgäste",
                "US gal",
                "‰",
                "°",
                "°/s",
                "dBm",
                "S/m",
                "nF",
                "gal/min",
                "BTU/(h⋅ft²)",
                "ac",
                "mi²",
                "L/min",
                "l/min",
                "Mbit/s",
                "1/cm³",
                "Cars",
                "Food")) {
            assertThat(UnitSpelling.of(unit)).isEqualTo(unit);
        }
    }

    /** Whatever is typed, the spelling is the spelling of itself. */
    @Test
    void spelling_isStable() {
        for (var c = 0; c <= 0x10ffff; c++) {
            var text = Character.toString(c);
            if (c < 0x400 || !Normalizer.isNormalized(text, Normalizer.Form.NFKC)) {
                for (var frame : List.of("%s", "%sC", "m%s", "k%s/h")) {
                    var once = UnitSpelling.of(frame.replace("%s", text));
                    assertThat(UnitSpelling.of(once)).as("U+%04X", c).isEqualTo(once);
                }
            }
        }
    }
}
