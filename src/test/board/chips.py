"""The emulated I2C chips: what a write and a read do to each, bit for bit as its datasheet says.

A test sets a physical quantity (`set(temp=25.5)`); the chip shows it in its registers, and whoever reads them, the
guest kernel's driver or ours, has to find the quantity again.
"""
import struct


class Chip:
    """A register file with an auto-incrementing pointer; the base of all others."""

    def __init__(self, size=256):
        self.reg = bytearray(size)
        self.ptr, self.first, self.present, self.delay = 0, True, True, 0.0

    def start(self):
        self.first = True

    def write(self, data):
        data = list(data)
        if data and self.first:
            self.ptr = data.pop(0)
            self.first = False
        for v in data:
            self.reg[self.ptr] = v
            self.ptr = (self.ptr + 1) % len(self.reg)

    def read(self, n):
        out = bytes(self.reg[(self.ptr + i) % len(self.reg)] for i in range(n))
        self.ptr = (self.ptr + n) % len(self.reg)
        return out

    def set(self, **kw):
        for r, v in kw.get("regs", {}).items():
            self.reg[int(r, 0)] = v

    def state(self):
        return {"regs": self.reg.hex(), "ptr": self.ptr}


class Word16(Chip):
    """16 bit big endian registers, the pointer stays (LM75, TMP102, ADS1115)."""
    def __init__(self, n=4):
        super().__init__(n)
        self.w = [0] * n

    def write(self, data):
        if not data:
            return
        self.ptr = data[0] % len(self.w)
        if len(data) >= 3:
            self.w[self.ptr] = data[1] << 8 | data[2]
        elif len(data) == 2:
            self.w[self.ptr] = data[1] << 8

    def read(self, n):
        v = self.w[self.ptr]
        return bytes([(v >> 8, v & 255)[i & 1] for i in range(n)])

    def state(self):
        return {"words": self.w, "ptr": self.ptr}


class LM75(Word16):
    def __init__(self, temp=21.5):
        super().__init__(4)
        self.w[2], self.w[3] = 75 << 8, 80 << 8
        self.set(temp=temp)

    def set(self, temp):
        self.w[0] = (int(round(temp * 8)) << 5) & 0xffe0


class TMP102(Word16):
    def __init__(self, temp=21.5):
        super().__init__(4)
        self.w[1], self.w[2], self.w[3] = 0x60a0, 75 << 8, 80 << 8
        self.temp = temp

    def set(self, temp):
        self.temp = temp

    def read(self, n):
        v = int(round(self.temp * 16))
        # extended mode (the kernel's driver sets it): 13 bits and D0 = 1
        self.w[0] = (v << 3 & 0xfff8 | 1) if self.w[1] & 0x10 else v << 4 & 0xfff0
        return super().read(n)


class ADS1115(Word16):
    """16 bit ADC; millivolts per channel, gain respected."""
    FS = [6144, 4096, 2048, 1024, 512, 256, 256, 256]
    BITS = 16

    def __init__(self):
        super().__init__(4)
        self.w[1] = 0x8583
        self.mv = [100.0, 200.0, 300.0, 400.0]

    def convert(self):
        mux, fs = self.w[1] >> 12 & 7, self.FS[self.w[1] >> 9 & 7]
        pair = {0: (0, 1), 1: (0, 3), 2: (1, 3), 3: (2, 3)}
        mv = self.mv[mux & 3] if mux & 4 else self.mv[pair[mux][0]] - self.mv[pair[mux][1]]
        end = 1 << self.BITS - 1
        self.w[0] = max(-end, min(end - 1, round(mv * end / fs))) << 16 - self.BITS & 0xffff

    def write(self, data):
        super().write(data)
        if self.ptr == 1 and len(data) >= 3:
            self.convert()
            self.w[1] |= 0x8000

    def set(self, channel, mv):
        self.mv[channel] = mv
        if not self.w[1] & 0x100:                # it converts all the time
            self.convert()


class ADS1015(ADS1115):
    """The same with 12 bits, the highest of the register."""
    BITS = 12


class INA2xx(Word16):
    """Power monitors: the codes of both voltages are set, current and power follow from the calibration register."""
    CONFIG, SHUNT, BUS, POWER, CURRENT, CALIBRATION = range(6)

    def __init__(self, reset):
        super().__init__(256)
        self.reset, self.w[self.CONFIG] = reset, reset
        self.shunt, self.bus = 1000, 1000

    def write(self, data):
        super().write(data)
        if self.ptr == self.CONFIG and len(data) >= 3:
            if self.w[self.CONFIG] & 0x8000:
                self.w[self.CONFIG], self.w[self.CALIBRATION] = self.reset, 0
            self.convert()

    def set(self, shunt=None, bus=None):
        self.shunt = self.shunt if shunt is None else shunt
        self.bus = self.bus if bus is None else bus
        self.convert()

    def put(self, current, power):
        """Integers as the chip's own; the power has no sign."""
        self.w[self.SHUNT], self.w[self.CURRENT] = self.shunt & 0xffff, current & 0xffff
        self.w[self.POWER] = power & 0xffff


class INA219(INA2xx):
    """SBOS448G, 8.5.1 and 8.6; the configuration after a reset is 0x399f."""

    def __init__(self):
        super().__init__(0x399f)

    def convert(self):
        current = int(self.shunt * self.w[self.CALIBRATION] / 4096)
        self.put(current, abs(current) * self.bus // 5000)
        self.w[self.BUS] = self.bus << 3 | 2

    def read(self, n):
        out = super().read(n)
        if self.ptr == self.POWER:               # "conversion ready" is cleared by reading it
            self.w[self.BUS] &= ~2
        return out


class INA226(INA2xx):
    """SBOS547A, 7.5.1 and 7.6; the configuration after a reset is 0x4127."""
    MASK = 6

    def __init__(self):
        super().__init__(0x4127)
        self.w[0xfe], self.w[0xff] = 0x5449, 0x2260

    def convert(self):
        current = int(self.shunt * self.w[self.CALIBRATION] / 2048)
        self.put(current, abs(current) * self.bus // 20000)
        self.w[self.BUS] = self.bus
        self.w[self.MASK] |= 8

    def read(self, n):
        out = super().read(n)
        if self.ptr == self.MASK:
            self.w[self.MASK] &= ~8
        return out


class BMP280(Chip):
    """Calibration words of the data sheet's worked example; inverts the compensation."""
    T = (27504, 26435, -1000)
    P = (36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000)

    def __init__(self, temp=25.08, hpa=1006.53):
        super().__init__()
        self.reg[0xd0] = 0x58
        struct.pack_into("<Hhh", self.reg, 0x88, *self.T)
        struct.pack_into("<Hhhhhhhhh", self.reg, 0x8e, *self.P)
        self.temp, self.hpa = temp, hpa
        self.set()

    def write(self, data):                       # register/value pairs, no auto-increment
        data = list(data)
        while data:
            self.ptr = data.pop(0)
            if data:
                v = data.pop(0)
                if self.ptr == 0xe0 and v == 0xb6:
                    self.reg[0xf4] = self.reg[0xf5] = 0
                elif self.ptr in (0xf4, 0xf5):
                    forced = self.ptr == 0xf4 and v & 3 in (1, 2)
                    self.reg[self.ptr] = v & ~3 if forced else v    # a forced conversion is over at once

    def t_fine(self, adc):
        t1, t2, t3 = self.T
        v1 = (((adc >> 3) - (t1 << 1)) * t2) >> 11
        v2 = (((((adc >> 4) - t1) * ((adc >> 4) - t1)) >> 12) * t3) >> 14
        return v1 + v2

    def press(self, adc, tf):
        p1, p2, p3, p4, p5, p6, p7, p8, p9 = self.P
        v1 = tf - 128000
        v2 = v1 * v1 * p6 + ((v1 * p5) << 17) + (p4 << 35)
        v1 = ((v1 * v1 * p3) >> 8) + ((v1 * p2) << 12)
        v1 = (((1 << 47) + v1) * p1) >> 33
        if v1 == 0:
            return 0
        n = (((1048576 - adc) << 31) - v2) * 3125
        p = abs(n) // v1 * (1 if n >= 0 else -1)
        return ((p + ((p9 * (p >> 13) * (p >> 13)) >> 25) + ((p8 * p) >> 19)) >> 8) + (p7 << 4)

    @staticmethod
    def bisect(below):
        lo, hi = 0, 1 << 20
        while lo < hi:
            mid = (lo + hi) // 2
            lo, hi = (mid + 1, hi) if below(mid) else (lo, mid)
        return lo

    def set(self, temp=None, hpa=None, regs=None):
        if regs:
            return super().set(regs=regs)
        self.temp = self.temp if temp is None else temp
        self.hpa = self.hpa if hpa is None else hpa
        at = self.bisect(lambda x: (self.t_fine(x) * 5 + 128) >> 8 < round(self.temp * 100))
        tf = self.t_fine(at)
        ap = self.bisect(lambda x: self.press(x, tf) > round(self.hpa * 100 * 256))
        for base, v in ((0xf7, ap), (0xfa, at)):
            self.reg[base:base + 3] = bytes([v >> 12, v >> 4 & 255, (v & 15) << 4])


def crc8(data, poly=0x31, crc=0xff):
    for b in data:
        crc ^= b
        for _ in range(8):
            crc = (crc << 1 ^ poly) & 255 if crc & 128 else crc << 1 & 255
    return crc


class SHT3x(Chip):
    """Command driven, no registers: needs plain I2C read()/write()."""
    def __init__(self, temp=22.0, rh=45.0):
        super().__init__(1)
        self.temp, self.rh, self.out, self.badcrc = temp, rh, b"", False

    def w16(self, v):
        d = [v >> 8, v & 255]
        return bytes(d + [crc8(d) ^ (0xff if self.badcrc else 0)])

    def write(self, data):
        cmd = data[0] << 8 | data[1] if len(data) >= 2 else 0
        if cmd == 0xf32d:
            self.out = self.w16(0)
        else:
            self.out = self.w16(round((self.temp + 45) / 175 * 65535)) + self.w16(round(self.rh / 100 * 65535))

    def read(self, n):
        return self.out[:n].ljust(n, b"\xff")

    def set(self, temp=None, rh=None, badcrc=None):
        self.temp = self.temp if temp is None else temp
        self.rh = self.rh if rh is None else rh
        self.badcrc = self.badcrc if badcrc is None else badcrc

    def state(self):
        return {"temp": self.temp, "rh": self.rh}


class Si7021(Chip):
    """Temperature and humidity on command, holding the bus or not (Si7021-A20, table 11); also HTU21D and SHT21."""
    def __init__(self, temp=22.0, rh=45.0):
        super().__init__(1)
        self.temp, self.rh, self.user, self.out = temp, rh, 0x3a, b""

    def write(self, data):
        command = data[0]
        if command in (0xe3, 0xf3):
            self.measured(round((self.temp + 46.85) / 175.72 * 65536) & ~3)
        elif command in (0xe5, 0xf5):
            self.measured(round((self.rh + 6) / 125 * 65536) & ~3 | 2)
        elif command == 0xe6:
            self.user = data[1]
        elif command == 0xe7:
            self.out = bytes([self.user])
        elif command == 0xfe:
            self.user = 0x3a

    def measured(self, word):
        d = bytes([word >> 8, word & 255])
        self.out = d + bytes([crc8(d, crc=0)])

    def read(self, n):
        return self.out[:n].ljust(n, b"\xff")

    def set(self, temp=None, rh=None):
        self.temp = self.temp if temp is None else temp
        self.rh = self.rh if rh is None else rh

    def state(self):
        return {"temp": self.temp, "rh": self.rh}


class BH1750(Chip):
    def __init__(self, lux=120.0):
        super().__init__(1)
        self.lux, self.mtreg, self.cmd = lux, 69, None

    def write(self, data):
        for c in data:
            if c & 0xf8 == 0x40:
                self.mtreg = self.mtreg & 0x1f | (c & 7) << 5
            elif c & 0xe0 == 0x60:
                self.mtreg = self.mtreg & 0xe0 | c & 0x1f
            else:
                self.cmd = c

    def read(self, n):
        v = min(65535, round(self.lux * 1.2 * self.mtreg / 69))
        return bytes([v >> 8, v & 255])[:n].ljust(n, b"\xff")

    def set(self, lux):
        self.lux = lux

    def state(self):
        return {"lux": self.lux, "cmd": self.cmd, "mtreg": self.mtreg}


class PCF8574(Chip):
    """8 quasi-bidirectional pins: written value AND external pull-downs."""
    def __init__(self):
        super().__init__(1)
        self.latch, self.ext = 0xff, 0xff

    def write(self, data):
        for v in data:
            self.latch = v

    def read(self, n):
        return bytes([self.latch & self.ext]) * n

    def set(self, ext):
        self.ext = ext

    def state(self):
        return {"latch": self.latch, "ext": self.ext}


class MCP23017(Chip):
    """16 lines with registers in pairs (IOCON.BANK = 0); the levels outside count where a line is an input."""
    IODIR, GPPU, GPIO, OLAT = 0x00, 0x0c, 0x12, 0x14

    def __init__(self):
        super().__init__(0x16)
        self.ext = 0xffff
        self.reset()

    def reset(self):
        self.reg[:] = bytes(len(self.reg))
        self.reg[0] = self.reg[1] = 0xff

    def word(self, first):
        return self.reg[first] | self.reg[first + 1] << 8

    def levels(self):
        inputs = self.word(self.IODIR)
        return self.word(self.OLAT) & ~inputs | self.ext & inputs

    def write(self, data):
        data = list(data)
        if data and self.first:
            self.ptr = data.pop(0) % len(self.reg)
            self.first = False
        for v in data:
            # a write to GPIO is one to the latch; IOCON is there twice
            at = self.ptr + 2 if self.ptr in (0x12, 0x13) else self.ptr
            self.reg[at] = v
            if at in (0x0a, 0x0b):
                self.reg[0x0a] = self.reg[0x0b] = v
            self.ptr = (self.ptr + 1) % len(self.reg)

    def read(self, n):
        self.reg[0x12], self.reg[0x13] = self.levels() & 255, self.levels() >> 8
        return super().read(n)

    def set(self, ext=None, reset=False):
        self.ext = self.ext if ext is None else ext
        if reset:
            self.reset()

    def state(self):
        return {"levels": self.levels(), "inputs": self.word(self.IODIR)}


class PCA9685(Chip):
    """16 channels of PWM, 12 bits; the frequency can be written in sleep alone."""
    MODE1, LED0, ALL, PRE_SCALE = 0x00, 0x06, 0xfa, 0xfe

    def __init__(self):
        super().__init__(256)
        self.reset()

    def reset(self):
        self.reg[:] = bytes(256)
        self.reg[0x00], self.reg[0x01], self.reg[self.PRE_SCALE] = 0x11, 0x04, 0x1e
        for channel in range(16):
            self.reg[self.LED0 + 4 * channel + 3] = 0x10

    def write(self, data):
        data = list(data)
        if data and self.first:
            self.ptr = data.pop(0)
            self.first = False
        for v in data:
            at = self.ptr
            if at == self.MODE1:
                self.reg[at] = v & 0x7f
            elif at == self.PRE_SCALE:
                if self.reg[self.MODE1] & 0x10:
                    self.reg[at] = max(v, 3)
            elif at >= self.ALL:
                for channel in range(16):
                    self.reg[self.LED0 + 4 * channel + at - self.ALL] = v
            else:
                self.reg[at] = v
            if self.reg[self.MODE1] & 0x20:      # auto increment
                self.ptr = (at + 1) % 256

    def read(self, n):
        if self.reg[self.MODE1] & 0x20:
            return super().read(n)
        return bytes([self.reg[self.ptr]]) * n

    def duty(self, channel):
        a, b, c, d = self.reg[self.LED0 + 4 * channel:self.LED0 + 4 * channel + 4]
        if d & 0x10 or self.reg[self.MODE1] & 0x10:
            return 0.0
        return 1.0 if b & 0x10 else ((c | d << 8) - (a | b << 8)) % 4096 / 4096

    def set(self, reset):
        self.reset()

    def state(self):
        return {"duty": [self.duty(channel) for channel in range(16)],
                "hertz": 25e6 / 4096 / (self.reg[self.PRE_SCALE] + 1), "sleeps": bool(self.reg[self.MODE1] & 0x10)}


class EEPROM24C32(Chip):
    def __init__(self):
        super().__init__(4096)

    def write(self, data):
        data = list(data)
        if self.first and len(data) >= 2:
            self.ptr = (data.pop(0) << 8 | data.pop(0)) % 4096
            self.first = False
        for v in data:
            self.reg[self.ptr] = v
            self.ptr = (self.ptr + 1) % 4096


class DS18B20:
    """A 1-wire thermometer at bit level."""
    POWER_ON = 85 * 16                           # what it says before its first conversion

    def __init__(self, serial, temp=21.0, family=0x28):
        rom = bytes([family]) + serial.to_bytes(6, "little")
        self.rom = rom + bytes([self.crc(rom)])
        self.th, self.tl, self.cfg, self.temp, self.present = 75, 70, 0x7f, temp, True
        self.raw, self.converts, self.badcrc = self.POWER_ON, True, False
        self.reset()

    @staticmethod
    def crc(data):
        c = 0
        for b in data:
            c ^= b
            for _ in range(8):
                c = c >> 1 ^ 0x8c if c & 1 else c >> 1
        return c

    def reset(self):
        self.state, self.bits, self.out, self.pos, self.dir = "rom", [], [], 0, 0

    def rombit(self, i):
        return self.rom[i // 8] >> (i % 8) & 1

    def read(self):
        if self.state == "search":
            b = self.rombit(self.pos)
            self.dir += 1
            return b if self.dir == 1 else 1 - b
        return self.out.pop(0) if self.out else 1

    def write(self, bit):
        if self.state == "search":
            self.dir = 0
            if bit != self.rombit(self.pos):
                self.state = "idle"
            self.pos += 1
            if self.pos == 64 and self.state == "search":
                self.state = "func"
            return
        if self.state == "idle":
            return
        self.bits.append(bit)
        if self.state == "match":
            if len(self.bits) == 64:
                ok = all(b == self.rombit(i) for i, b in enumerate(self.bits))
                self.state, self.bits = ("func" if ok else "idle"), []
            return
        if len(self.bits) < 8:
            return
        v = sum(b << i for i, b in enumerate(self.bits))
        self.bits = []
        if self.state == "rom":
            self.state = {0xf0: "search", 0x55: "match", 0xcc: "func"}.get(v, "idle")
            if v == 0x33:
                self.out = [self.rombit(i) for i in range(64)]
        elif self.state == "func":
            if v == 0x44:
                mask = ~((1 << 3 - (self.cfg >> 5 & 3)) - 1)
                self.raw = round(self.temp * 16) & mask if self.converts else self.POWER_ON
            elif v == 0xbe:
                pad = struct.pack("<hbbBBBB", self.raw, self.th, self.tl, self.cfg, 0xff, 0x0c, 0x10)
                pad += bytes([self.crc(pad) ^ (0xff if self.badcrc else 0)])
                self.out = [b >> i & 1 for b in pad for i in range(8)]
            elif v == 0xb4:
                self.out = [1] * 8               # external power
            elif v == 0x4e:
                self.state, self.pad = "wpad", []
        elif self.state == "wpad":
            self.pad.append(v)
            if len(self.pad) == 3:
                self.th, self.tl, self.cfg = [x - 256 if i < 2 and x > 127 else x for i, x in enumerate(self.pad)]
                self.state = "idle"


class DS2482(Chip):
    """I2C to 1-wire bridge: the kernel's ds2482 + w1_therm drivers run over it."""
    def __init__(self, slaves):
        super().__init__(1)
        self.slaves, self.rp, self.status, self.data, self.conf = slaves, 0xf0, 0x18, 0, 0

    def alive(self):
        return [s for s in self.slaves.values() if s.present]

    def bit(self, v):
        r = v
        for s in self.alive():
            if v and (s.out or s.state == "search" and s.dir < 2):
                r &= s.read()
            else:
                s.write(v)
        return r

    def write(self, data):
        data = list(data)
        if not data:
            return
        c = data.pop(0)
        if c == 0xe1:
            self.rp = data[0]
            return
        self.rp = 0xf0
        if c == 0xf0:                            # device reset
            self.status, self.conf = 0x18, 0
        elif c == 0xd2:
            self.conf, self.rp = data[0] & 15, 0xc3
        elif c == 0xb4:                          # 1-wire reset, presence
            for s in self.alive():
                s.reset()
            self.status = 0x08 | (2 if self.alive() else 0)
        elif c == 0x87:
            self.status = self.status & ~0x20 | self.bit(data[0] >> 7) << 5
        elif c == 0xa5:
            for i in range(8):
                for s in self.alive():
                    s.write(data[0] >> i & 1)
        elif c == 0x96:
            self.data = 0
            for i in range(8):
                r = 1
                for s in self.alive():
                    r &= s.read()
                self.data |= r << i
        elif c == 0x78:                          # search triplet
            on = [s for s in self.alive() if s.state == "search"]
            a = b = 1
            for s in on:
                a &= s.read()
                b &= s.read()
            d = 1 if a else 0 if b else data[0] >> 7
            for s in on:
                s.write(d)
            self.status = self.status & 0x1f | a << 5 | b << 6 | d << 7

    def read(self, n):
        return bytes([{0xe1: self.data, 0xc3: self.conf}.get(self.rp, self.status)]) * n

    def set(self, serial, **quantities):
        for name, value in quantities.items():
            if name not in ("temp", "present", "converts", "badcrc"):
                raise ValueError(name)
            setattr(self.slaves[serial], name, value)

    def state(self):
        return {"slaves": {k: [v.temp, v.raw, v.present] for k, v in self.slaves.items()}}
