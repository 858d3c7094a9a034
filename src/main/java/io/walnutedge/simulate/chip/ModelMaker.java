package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Makes models of the chip of one driver. Stateless; any thread. */
@FunctionalInterface
public interface ModelMaker {
    /** @param nanos a monotonic clock, by which the chip converts */
    ChipModel make(LongSupplier nanos);

    /** All of them by their driver's name, which is the value of {@code type} in the configuration. */
    static Map<String, ModelMaker> installed() {
        return new TreeMap<>(Map.<String, ModelMaker>ofEntries(
                Map.entry("ads1015", nanos -> new Ads1115Model(nanos, true)),
                Map.entry("ads1115", Ads1115Model::new),
                Map.entry("adxl345", Adxl345Model::new),
                Map.entry("aht10", Aht20Model::aht10),
                Map.entry("aht20", Aht20Model::new),
                Map.entry("am2320", Am2320Model::new),
                Map.entry("bh1750", Bh1750Model::new),
                Map.entry("bme280", Bmx280Model::bme280),
                Map.entry("bme680", Bme680Model::new),
                Map.entry("bmp180", Bmp180Model::new),
                Map.entry("bmp280", Bmx280Model::bmp280),
                Map.entry("bmp388", Bmp388Model::new),
                Map.entry("ccs811", Ccs811Model::new),
                Map.entry("dps310", Dps310Model::new),
                Map.entry("ds3231", Ds3231Model::new),
                Map.entry("ens160", Ens160Model::new),
                Map.entry("hdc1080", Hdc1080Model::new),
                Map.entry("hts221", Hts221Model::new),
                Map.entry("htu21d", Htu21dModel::new),
                Map.entry("ina219", Ina219Model::new),
                Map.entry("ina226", Ina226Model::new),
                Map.entry("ina3221", Ina3221Model::new),
                Map.entry("lis3dh", Lis3dhModel::new),
                Map.entry("lm75", Lm75Model::lm75b),
                Map.entry("lps25h", Lps25hModel::new),
                Map.entry("max17043", Max17043Model::new),
                Map.entry("mcp9808", Mcp9808Model::new),
                Map.entry("mlx90614", Mlx90614Model::new),
                Map.entry("mpu6050", Mpu6050Model::new),
                Map.entry("ms5611", Ms5611Model::new),
                Map.entry("opt3001", Opt3001Model::new),
                Map.entry("pmsa003i", Pmsa003iModel::new),
                Map.entry("scd30", Scd30Model::new),
                Map.entry("scd4x", Scd4xModel::new),
                Map.entry("sgp30", Sgp30Model::new),
                Map.entry("sgp40", Sgp40Model::new),
                Map.entry("sht3x", Sht3xModel::new),
                Map.entry("sht4x", Sht4xModel::new),
                Map.entry("shtc3", Shtc3Model::new),
                Map.entry("sps30", Sps30Model::new),
                Map.entry("tcs34725", Tcs34725Model::new),
                Map.entry("tmp102", Tmp102Model::new),
                Map.entry("tmp117", Tmp117Model::new),
                Map.entry("tsl2561", Tsl2561Model::new),
                Map.entry("tsl2591", Tsl2591Model::new),
                Map.entry("veml7700", Veml7700Model::new),
                Map.entry("vl53l0x", Vl53l0xModel::new),
                Map.entry("vl53l1x", Vl53l1xModel::new)));
    }
}
