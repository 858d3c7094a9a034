"""The GPIO lines: a virtio-gpio device (virtio specification, 5.18).

Each line has a direction and a level that the guest sets, and a level that the world outside drives. A line whose
interrupt the guest has armed completes the guest's pending event request on the right edge.
"""
import struct, time

from vhost_user import VhostUser


class GPIO(VhostUser):
    features = VhostUser.features | 1            # F_IRQ
    nqueues = 2
    OUT = 1

    def __init__(self, path, n):
        # no names: a named line is exported as /sys/class/gpio/<name>, not gpioN, and Allwinner's have none
        self.config = struct.pack("<HHI", n, 0, 0)
        self.n = n
        self.dir, self.val, self.ext, self.irq = [0] * n, [0] * n, [0] * n, [0] * n
        self.trace = []
        super().__init__(path)

    def reset(self):
        super().reset()
        self.dir, self.irq, self.armed, self.pending = [0] * self.n, [0] * self.n, {}, set()

    def process(self, i):
        q, done = self.vq[i], 0
        while True:
            r = self.pop(q)
            if r is None:
                break
            head, out, inn = r
            if i == 1:                           # the event ring: the guest arms a line
                with self.lock:
                    line = struct.unpack("<H", self.rd(out[0][0], 2))[0]
                    self.armed[line] = (head, inn[0][0])
                    if line in self.pending:
                        self.pending.discard(line)
                        self.fire(line)
                continue
            typ, line, value = struct.unpack("<HHI", self.rd(out[0][0], 8))
            status, v, ln = 0, 0, 2
            with self.lock:
                before = self.level(line) if line < self.n else None
                if line >= self.n:
                    status = 1
                elif typ == 2:
                    v = self.dir[line]
                elif typ == 3:
                    self.dir[line] = value
                elif typ == 4:
                    v = self.level(line)
                elif typ == 5:
                    self.val[line] = value
                elif typ == 6:
                    self.irq[line] = value
                    if value == 0:
                        self.pending.discard(line)
                        if line in self.armed:
                            h, a = self.armed.pop(line)
                            self.wr(a, b"\0")
                            self.push(self.vq[1], h, 1)
                            self.notify(self.vq[1])
                else:
                    status = 1
                if before != (self.level(line) if line < self.n else None):
                    self.trace.append({"line": line, "level": self.level(line), "seconds": time.monotonic()})
                    del self.trace[:-10000]
                self.wr(inn[0][0], [status, v])
            self.push(q, head, ln)
            done += 1
        if done:
            self.notify(q)

    def level(self, line):
        """What a voltmeter at the pin would show: the guest's level on an output, the outside's on an input."""
        return self.val[line] if self.dir[line] == self.OUT else self.ext[line]

    def fire(self, line):
        if line not in self.armed:
            self.pending.add(line)
            return
        h, a = self.armed.pop(line)
        self.wr(a, b"\1")
        self.push(self.vq[1], h, 1)
        self.notify(self.vq[1])

    def drive(self, line, v):
        """The world outside sets a line."""
        with self.lock:
            old, self.ext[line] = self.ext[line], v
            t = self.irq[line]                   # 1 rising, 2 falling, 3 both, 4 high, 8 low
            if self.dir[line] != self.OUT and (v > old and t & 1 or v < old and t & 2
                                               or t == 4 and v or t == 8 and not v):
                self.fire(line)
