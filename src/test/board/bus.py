"""The I2C bus: a virtio-i2c device whose requests go to the emulated chips (virtio specification, 5.21)."""
import struct, sys, threading

from chips import *
from vhost_user import VhostUser


class I2C(VhostUser):
    features = VhostUser.features | 1            # ZERO_LENGTH_REQUEST

    def __init__(self, path):
        super().__init__(path)
        self.chips = {0x48: LM75(), 0x49: TMP102(), 0x76: BMP280(), 0x44: SHT3x(),
                      0x23: BH1750(), 0x20: PCF8574(), 0x21: MCP23017(), 0x41: PCA9685(),
                      0x50: EEPROM24C32(),
                      0x4a: ADS1115(), 0x4b: ADS1015(), 0x40: Si7021(), 0x42: INA219(), 0x43: INA226(),
                      0x60: Chip(), 0x4f: LM75(48.0),
                      0x18: DS2482({"a": DS18B20(0x0316a2795bff, 19.5), "b": DS18B20(0x0416b15fa1ff, -7.25)})}
        self.trace, self.released = [], threading.Event()

    def process(self, i):
        q, n = self.vq[i], 0
        first, failed = True, False              # one kick = whole transfers
        while True:
            r = self.pop(q)
            if r is None:
                break
            head, out, inn = r
            addr, _pad, flags = struct.unpack("<HHI", self.rd(out[0][0], 8))
            addr >>= 1
            wdata = b"".join(self.rd(a, size) for a, size in out[1:])
            rbufs, status = inn[:-1], inn[-1]
            chip = self.chips.get(addr)
            if chip and chip.delay:              # not under the lock: a test may end it
                self.released.clear()
                self.released.wait(chip.delay)
            data = wdata
            with self.lock:
                ok = bool(chip and chip.present) and not failed
                try:
                    if ok:
                        if first:
                            chip.start()
                        if rbufs:
                            data = chip.read(sum(size for _, size in rbufs))
                        else:
                            chip.write(wdata)
                except Exception as e:           # a chip model must not kill the bus
                    print("chip model error", hex(addr), repr(e), file=sys.stderr)
                    ok = False
                self.trace.append({"kind": "read" if rbufs else "write", "addr": addr, "data": data.hex(),
                                   "ack": ok, "repeated_start": not first})
                del self.trace[:-10000]
            p = 0
            for a, size in rbufs if ok else []:
                self.wr(a, data[p:p + size])
                p += size
            self.wr(status[0], [0 if ok else 1])
            more = bool(flags & 1)               # FAIL_NEXT: part of one transfer (repeated start)
            first, failed = not more, (not ok) and more
            self.push(q, head, sum(size for _, size in inn))
            n += 1
        if n:
            self.notify(q)

    def delay(self, addr, seconds):
        """Makes a chip hold the bus that long in every message; a message held now is let go."""
        self.chips[addr].delay = seconds
        self.released.set()
