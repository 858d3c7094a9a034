package io.walnutedge.vboard;

/** What is where on the virtual board: lines of the main GPIO controller and addresses on the I2C bus. */
final class Board {
    static final int PC8 = 72;
    static final int PC9 = 73;
    static final int PC10 = 74;
    static final int PC11 = 75;
    static final int PC12_KEY = 76;
    static final int PC13_LED = 77;
    static final int PC14_CLAIMED = 78;

    static final int DS2482 = 0x18;
    static final int PCF8574 = 0x20;
    static final int MCP23017 = 0x21;
    static final int BH1750 = 0x23;
    static final int PCA9685 = 0x41;
    static final int SHT3X = 0x44;
    static final int LM75 = 0x48;
    static final int CPU_LM75 = 0x4f;
    static final int BMP280 = 0x76;
    static final int SI7021 = 0x40;
    static final int INA219 = 0x42;
    static final int INA226 = 0x43;
    static final int TMP102 = 0x49;
    static final int ADS1015 = 0x4b;
    static final int EEPROM = 0x50;
    static final int REGISTERS = 0x60;

    private Board() {}
}
