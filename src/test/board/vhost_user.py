"""The vhost-user protocol: how this process becomes the hardware behind a guest kernel's virtio device.

A virtio device is a pair of conventions between a guest kernel and "the hardware": rings of requests in the guest's
memory, and a way to ring the other side's bell. Usually the machine emulator plays the hardware. With vhost-user it
hands that part to another process over a Unix socket: it sends file descriptors of the guest's memory (mapped here),
the addresses of the rings, an eventfd that rings when the guest has put a request there (`kick`), and one to ring
when it has been served (`call`). User-Mode Linux and QEMU both speak it, so the same chips and pins serve both.

A subclass is one device: `process(ring)` takes requests with `pop`, answers with `push`, rings with `notify`.
Numbers of requests and layouts: https://qemu-project.gitlab.io/qemu/interop/vhost-user.html
and the virtio specification, 2.7 "Split virtqueues".
"""
import array, mmap, os, selectors, socket, struct, threading

F_VERSION_1, F_PROTOCOL, F_INDIRECT = 1 << 32, 1 << 30, 1 << 28
PF_MQ, PF_REPLY_ACK, PF_BACKEND_REQ, PF_CONFIG = 1 << 0, 1 << 3, 1 << 5, 1 << 9


class Vring:
    """One ring: where its three parts lie in the mapped memory, and how far this side has come."""

    def __init__(self):
        self.num = 0
        self.desc = self.avail = self.used = None
        self.last = 0
        self.kick = self.call = -1


class VhostUser:
    """One virtio device: its own Unix socket and its own thread, so that a hanging bus holds up nothing else."""

    # indirect tables: QEMU gives the I2C device a ring of 4, too short for a write-then-read without them
    features = F_VERSION_1 | F_PROTOCOL | F_INDIRECT
    config = b""
    nqueues = 1

    def __init__(self, path):
        self.sel, self.lock = selectors.DefaultSelector(), threading.RLock()
        self.lsock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.lsock.bind(path)
        self.lsock.listen(1)
        self.sel.register(self.lsock, selectors.EVENT_READ, self.accept)
        self.conn = None
        self.reset()

    def serve(self):
        threading.Thread(target=self.loop, daemon=True).start()

    def loop(self):
        while True:
            for key, _events in self.sel.select():
                if key.fileobj in self.sel.get_map():    # may have gone in this round
                    key.data(key.fileobj)

    def reset(self):
        self.regions, self.back, self.event_idx = [], [], False
        self.vq = [Vring() for _ in range(self.nqueues)]

    def accept(self, _):
        conn, _a = self.lsock.accept()
        self.drop()
        self.conn = conn
        self.sel.register(conn, selectors.EVENT_READ, self.message)

    def unwatch(self, f):
        try:
            self.sel.unregister(f)
        except (KeyError, ValueError):
            pass

    def drop(self):
        if self.conn:
            self.unwatch(self.conn)
            self.conn.close()
            self.conn = None
        for q in self.vq:
            if q.kick >= 0:
                self.unwatch(q.kick)
                os.close(q.kick)
            if q.call >= 0:
                os.close(q.call)
        for r in self.regions:
            r[3].close()
        for f in self.back:
            os.close(f)
        self.reset()

    def recv(self, n, fds):
        buf = b""
        while len(buf) < n:
            d, anc, _fl, _ad = self.conn.recvmsg(n - len(buf), socket.CMSG_SPACE(32))
            for lvl, typ, data in anc:
                if lvl == socket.SOL_SOCKET and typ == socket.SCM_RIGHTS:
                    fds.frombytes(data[:len(data) - len(data) % 4])
            if not d:
                raise ConnectionError
            buf += d
        return buf

    def message(self, _):
        fds = array.array("i")
        try:
            req, flags, size = struct.unpack("<III", self.recv(12, fds))
            body = self.recv(size, fds)
        except ConnectionError:
            return self.drop()
        reply = self.handle(req, body, list(fds))
        if reply is None and flags & 8:          # NEED_REPLY
            reply = struct.pack("<Q", 0)
        if reply is not None:
            self.conn.sendall(struct.pack("<III", req, 5, len(reply)) + reply)

    def handle(self, req, b, fds):
        if req == 1:                             # GET_FEATURES
            return struct.pack("<Q", self.features)
        if req == 15:                            # GET_PROTOCOL_FEATURES
            return struct.pack("<Q", PF_REPLY_ACK | PF_CONFIG | PF_BACKEND_REQ | PF_MQ)
        if req == 17:                            # GET_QUEUE_NUM
            return struct.pack("<Q", self.nqueues)
        if req == 36:                            # GET_MAX_MEM_SLOTS
            return struct.pack("<Q", 8)
        if req == 24:                            # GET_CONFIG
            off, sz, fl = struct.unpack_from("<III", b)
            return struct.pack("<III", off, sz, fl) + self.config[off:off + sz].ljust(sz, b"\0")
        if req == 2:                             # SET_FEATURES
            self.event_idx = bool(struct.unpack_from("<Q", b)[0] >> 29 & 1)
        elif req == 5:                           # SET_MEM_TABLE
            for r in self.regions:
                r[3].close()
            self.regions = []
            for i in range(struct.unpack_from("<I", b)[0]):
                ga, sz, ua, off = struct.unpack_from("<QQQQ", b, 8 + 32 * i)
                m = mmap.mmap(fds[i], sz + off, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
                os.close(fds[i])
                self.regions.append((ga, sz, ua, m, off))
        elif req == 8:                           # SET_VRING_NUM
            i, n = struct.unpack("<II", b)
            self.vq[i].num = n
        elif req == 9:                           # SET_VRING_ADDR
            i, _f, d, u, a, _l = struct.unpack("<IIQQQQ", b)
            q = self.vq[i]
            q.desc, q.used, q.avail = self.at(d, 2), self.at(u, 2), self.at(a, 2)
        elif req == 10:                          # SET_VRING_BASE
            i, n = struct.unpack("<II", b)
            self.vq[i].last = n
        elif req == 11:                          # GET_VRING_BASE (= stop the ring)
            i, _n = struct.unpack("<II", b)
            if self.vq[i].kick >= 0:
                self.unwatch(self.vq[i].kick)
                os.close(self.vq[i].kick)
                self.vq[i].kick = -1
            return struct.pack("<II", i, self.vq[i].last)
        elif req == 12:                          # SET_VRING_KICK
            i = b[0]
            q = self.vq[i]
            if q.kick >= 0:
                self.unwatch(q.kick)
                os.close(q.kick)
            q.kick = fds[0] if fds else -1
            if q.kick >= 0:
                os.set_blocking(q.kick, False)
                self.sel.register(q.kick, selectors.EVENT_READ, lambda fd, i=i: self.kicked(fd, i))
        elif req == 13:                          # SET_VRING_CALL
            q = self.vq[b[0]]
            if q.call >= 0:
                os.close(q.call)
            q.call = fds[0] if fds else -1
        elif req == 21:                          # SET_BACKEND_REQ_FD: keep it open. virtio_uml takes EOF
            self.back += fds                     # as "device gone", and gets no interrupt number without it
        else:
            for f in fds:
                os.close(f)
        return None

    def at(self, addr, col=0):
        """guest physical (col 0) or frontend (col 2) address -> mapping, offset"""
        for r in self.regions:
            if r[col] <= addr < r[col] + r[1]:
                return r[3], addr - r[col] + r[4]
        raise ValueError("bad address %x" % addr)

    def kicked(self, fd, i):
        try:
            os.read(fd, 8)
        except BlockingIOError:
            pass
        self.process(i)

    def pop(self, q):
        m, o = q.avail
        if self.event_idx:                       # QEMU lets the guest negotiate this on its own: ask for a kick
            um, uo = q.used                      # at the next request
            struct.pack_into("<H", um, uo + 4 + 8 * q.num, q.last & 0xffff)
        if struct.unpack_from("<H", m, o + 2)[0] == q.last & 0xffff:
            return None
        head = struct.unpack_from("<H", m, o + 4 + 2 * (q.last % q.num))[0]
        q.last = (q.last + 1) & 0xffff
        out, inn, d = [], [], head
        dm, do = q.desc
        while True:
            addr, ln, fl, nxt = struct.unpack_from("<QIHH", dm, do + 16 * d)
            if fl & 4:                           # indirect table, likewise
                (dm, do), d = self.at(addr), 0
                continue
            (inn if fl & 2 else out).append((addr, ln))
            if not fl & 1:
                return head, out, inn
            d = nxt

    def rd(self, addr, ln):
        m, o = self.at(addr)
        return bytes(m[o:o + ln])

    def wr(self, addr, data):
        m, o = self.at(addr)
        m[o:o + len(data)] = bytes(data)

    def push(self, q, head, ln):
        m, o = q.used
        idx = struct.unpack_from("<H", m, o + 2)[0]
        struct.pack_into("<II", m, o + 4 + 8 * (idx % q.num), head, ln)
        struct.pack_into("<H", m, o + 2, (idx + 1) & 0xffff)

    def notify(self, q):
        if q.call >= 0:
            os.write(q.call, struct.pack("<Q", 1))
