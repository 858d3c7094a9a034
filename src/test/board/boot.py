#!/usr/bin/env python3
"""Boots the virtual board and keeps it running for as long as its standard input is open.

usage: boot.py uml|arm64 BUILT LOG [DEBIAN]
BUILT: what build-uml.sh / build-arm64.sh made; LOG: the guest's console; DEBIAN: what build-debian.sh made, to boot its
systemd (uml only; without it, tests are alone with the kernel)

Prints one line when the guest answers: {"shell": PORT, "control": PORT}, both on 127.0.0.1. The guest reaches port P
of this machine's 127.0.0.1 as 10.0.2.2:P. Everything started here ends with this program.
"""
import json, os, shutil, signal, socket, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
# The H616's main GPIO controller has 288 lines. Debian's arm64 kernel counts 512 in all, and each is needed twice
# (walnutpi-1b.dtsi): there, the last bank is missing.
LINES = {"uml": 288, "arm64": 256}
GUEST_SHELL = 5000                               # guest/shell.py
MAC = "52:54:00:12:34:56"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def user_network(shell_port):
    """QEMU's network stack without privileges: guest 10.0.2.15, this machine 10.0.2.2."""
    return "user,id=net,hostfwd=tcp:127.0.0.1:%d-10.0.2.15:%d" % (shell_port, GUEST_SHELL)


class Board:
    def __init__(self, built, log, debian):
        self.built, self.log, self.debian = built, open(log, "wb"), debian
        self.run = tempfile.mkdtemp(prefix="walnut-board.")
        self.i2c, self.gpio = self.run + "/i2c.sock", self.run + "/gpio.sock"
        self.shell, self.processes = free_port(), []

    def start(self, command, **options):
        """A process in a group of its own, so that it can be ended with all its children."""
        p = subprocess.Popen(command, start_new_session=True, **{"stdin": subprocess.DEVNULL, "stdout": self.log,
                                                                 "stderr": subprocess.STDOUT, **options})
        self.processes.append(p)
        return p

    def boot(self, kind):
        self.lines = LINES[kind]
        hardware = self.start([sys.executable, HERE + "/hardware.py", self.i2c, self.gpio, str(self.lines)],
                              stdout=subprocess.PIPE, stderr=self.log)
        self.control = int(hardware.stdout.readline())
        self.kernel = self.uml() if kind == "uml" else self.arm64()

    def device_tree(self, machine):
        """The tree of a machine, with the parts of the board."""
        tree = machine + open(HERE + "/walnutpi-1b.dtsi").read()
        lines = ", ".join("<&lines %d 0>" % n for n in range(self.lines))
        tree = tree.replace("= @LINES@;", "= %s;" % lines).replace("@I2C@", self.i2c).replace("@GPIO@", self.gpio)
        blob = self.run + "/board.dtb"
        subprocess.run(["dtc", "-q", "-o", blob, "-"], input=tree, text=True, check=True)
        return blob

    def uml(self):
        blob = self.device_tree(open(HERE + "/uml.dts").read())

        # User-Mode Linux has no network stack of its own to the outside: an empty QEMU machine lends it one
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        for s in (ours, theirs):
            s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        self.start(["qemu-system-x86_64", "-M", "none", "-nodefaults", "-display", "none", "-monitor", "none",
                    "-netdev", user_network(self.shell),
                    "-netdev", "hubport,id=h1,hubid=0,netdev=net",
                    "-netdev", "dgram,id=guest,local.type=fd,local.str=%d" % theirs.fileno(),
                    "-netdev", "hubport,id=h2,hubid=0,netdev=guest"], pass_fds=(theirs.fileno(),))
        theirs.close()

        first, disks = ("init-debian", ["ubd0r=" + self.debian + "/debian.ext2"]) if self.debian else ("init", [])
        # one CPU: kernel and processes hand over to each other at every system call, several times slower on two
        cpu = str(max(os.sched_getaffinity(0)))
        kernel = self.start(["taskset", "-c", cpu, self.built + "/linux", "mem=1G", "umid=board", "uml_dir=" + self.run + "/",
                             "con=null", "con0=null,fd:1", "panic=-1", "root=/dev/root", "rootfstype=hostfs",
                             "rootflags=/", "ro", "init=" + HERE + "/guest/" + first, "dtb=" + blob, *disks,
                             "vec0:transport=fd,fd=%d,mac=%s,depth=64" % (ours.fileno(), MAC),
                             "ip=10.0.2.15::10.0.2.2:255.255.255.0:walnutpi:vec0:off"],
                            pass_fds=(ours.fileno(),), env=dict(os.environ, TMPDIR="/dev/shm"))
        ours.close()
        return kernel

    def arm64(self):
        qemu = self.built + "/qemu/usr/"
        modules = dict(os.environ, QEMU_MODULE_DIR=qemu + "lib/x86_64-linux-gnu/qemu")
        machine = [qemu + "bin/qemu-system-aarch64", "-L", qemu + "share/qemu", "-nodefaults", "-no-user-config",
                   "-display", "none", "-cpu", "cortex-a53", "-smp", "2", "-m", "1024",
                   "-object", "memory-backend-memfd,id=memory,size=1024M,share=on"]
        kind = "virt,memory-backend=memory"
        own = self.run + "/virt.dtb"
        subprocess.run(machine + ["-M", kind + ",dumpdtb=" + own], env=modules, check=True, stdout=self.log,
                       stderr=subprocess.STDOUT)
        tree = subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "dts", own], text=True, check=True,
                              stdout=subprocess.PIPE).stdout
        blob = self.device_tree(tree + open(HERE + "/arm64.dtsi").read())

        def share(name, path):
            return ["-fsdev", "local,id=%s,path=%s,security_model=none,readonly=on,multidevs=remap" % (name, path),
                    "-device", "virtio-9p-pci,fsdev=%s,mount_tag=%s" % (name, name)]

        return self.start(machine + ["-M", kind, "-accel", "tcg,thread=multi", "-no-reboot", "-serial", "stdio",
                    "-kernel", self.built + "/vmlinuz", "-initrd", self.built + "/initrd.gz", "-dtb", blob,
                    "-append", "console=ttyAMA0 panic=-1 board.init=" + HERE + "/guest/init",
                    *share("root", self.built + "/root"), *share("host", "/"),
                    "-netdev", user_network(self.shell),
                    "-device", "virtio-net-pci,netdev=net,romfile=,mac=" + MAC, "-device", "virtio-rng-pci",
                    "-chardev", "socket,path=%s,id=i2c" % self.i2c,
                    "-device", "vhost-user-i2c-pci,chardev=i2c,addr=0x10",
                    "-chardev", "socket,path=%s,id=gpio" % self.gpio,
                    "-device", "vhost-user-gpio-pci,chardev=gpio,addr=0x11"], env=modules)

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.shell), timeout=5) as s:
                s.sendall(b"5\nexit 0\n")
                s.shutdown(socket.SHUT_WR)
                return s.makefile("rb").read() == b"\x000\n"
        except OSError:
            return False

    def wait_until_ready(self, seconds):
        end = time.monotonic() + seconds
        while not self.answers():
            if self.kernel.poll() is not None:
                sys.exit("boot.py: the guest's kernel ended with status %d, see %s" % (self.kernel.returncode, self.log.name))
            if time.monotonic() > end:
                sys.exit("boot.py: the guest did not answer within %d s, see %s" % (seconds, self.log.name))
            time.sleep(0.1)

    def stop(self):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)    # a second one must not leave half of them running
        for p in reversed(self.processes):
            try:
                os.killpg(p.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            p.wait()
        shutil.rmtree(self.run, ignore_errors=True)


def main():
    kind, built, log, *debian = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    board = Board(os.path.abspath(built), log, os.path.abspath(*debian) if debian else None)

    def end_with_input():                        # whoever started this is gone, however it went
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    try:
        board.boot(kind)
        threading.Thread(target=end_with_input, daemon=True).start()
        board.wait_until_ready(300 if kind == "arm64" or debian else 60)
        print(json.dumps({"shell": board.shell, "control": board.control}), flush=True)
        board.kernel.wait()
        sys.exit("boot.py: the guest's kernel ended by itself, see " + log)
    finally:
        board.stop()


if __name__ == "__main__":
    main()
