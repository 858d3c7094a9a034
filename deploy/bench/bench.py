"""Measures walnut-edge, BareLoop.java and reference.py one after the other, run by run, so that noise hits all of them.

Prints medians over the runs, and walnut-edge's as a ratio to each of the other two. Started by deploy/bench.sh.
"""

import argparse
import datetime
import json
import os
import platform
import signal
import socket
import statistics
import subprocess
import threading
import time

from paho.mqtt import client as mqtt

SUBJECTS = ("walnut-edge", "bare Java", "Python")
COMMANDS_PER_SECOND = 5
# Seconds without a message after which nothing comes any more.
QUIET = 1


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """A broker, a sysfs with thermal zones and one LED, and a subscriber that notes when what arrived."""

    def __init__(self, work, home, java, sensors):
        self.work, self.home, self.java = work, home, java
        self.sys = f"{work}/sys"
        for i in range(sensors):
            self.write(f"class/thermal/thermal_zone{i}/type", f"zone-{i}\n")
            self.write(f"class/thermal/thermal_zone{i}/temp", f"{40000 + 10 * i}\n")
        self.write("class/leds/lamp/max_brightness", "1\n")
        self.write("class/leds/lamp/trigger", "[none] timer\n")
        self.write("class/leds/lamp/brightness", "0")
        self.port = free_port()
        with open(f"{work}/mosquitto.conf", "w") as file:
            file.write(f"listener {self.port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n")
            file.write("max_queued_messages 0\n")
        self.broker = subprocess.Popen(
            [self.mosquitto(), "-c", f"{work}/mosquitto.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        # by both clocks, the monotonic one and the one that readings carry
        self.arrivals = []
        self.arrived = threading.Condition()
        self.client = mqtt.Client("bench")
        self.client.on_message = self.note
        self.client.max_inflight_messages_set(100)
        for _ in range(100):
            try:
                self.client.connect("127.0.0.1", self.port)
                break
            except OSError:
                time.sleep(0.05)
        self.client.loop_start()
        self.client.subscribe("bench/#", 0)

    @staticmethod
    def mosquitto():
        return next(path for path in ("/usr/sbin/mosquitto", "/usr/bin/mosquitto") if os.path.exists(path))

    def write(self, name, text):
        path = f"{self.sys}/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)

    def note(self, _, __, message):
        now, wall = time.monotonic(), time.time()
        with self.arrived:
            self.arrivals.append((now, message.topic, message.payload, wall))
            self.arrived.notify_all()

    def readings(self, since):
        with self.arrived:
            return [each for each in self.arrivals if each[0] >= since and each[1].endswith("/temperature")]

    def await_one(self, wanted, since, limit):
        """The time at which a message of that kind arrived."""
        end = time.monotonic() + limit
        with self.arrived:
            done = 0
            while True:
                for now, topic, payload, _ in self.arrivals[done:]:
                    if now >= since and wanted(topic, payload):
                        return now
                done = len(self.arrivals)
                if not self.arrived.wait(max(0, end - time.monotonic())):
                    raise SystemExit(f"bench: nothing arrived within {limit} s; see {self.work}/log")

    def forget(self):
        """What the last program sent; some of it may be on its way still."""
        while True:
            with self.arrived:
                self.arrivals.clear()
            time.sleep(QUIET)
            with self.arrived:
                if not self.arrivals:
                    return

    def close(self):
        self.client.disconnect()
        self.client.loop_stop()
        self.broker.terminate()
        self.broker.wait()


class Subject:
    """One of the programs at work; ends with the block."""

    def __init__(self, site, name, sensors, millis, payload="plain", flags=()):
        """payload: plain, or json, with the time of the reading; flags: further ones of Java's."""
        self.site = site
        base = os.path.dirname(os.path.abspath(__file__))
        plain = [str(site.port), site.sys, str(sensors), str(millis), payload]
        environment = dict(os.environ, WALNUT_EDGE_HOME=site.home, WALNUT_EDGE_JAVA=site.java)
        if name == "walnut-edge":
            environment["WALNUT_EDGE_JAVA_OPTS"] = " ".join(flags)
            command = [f"{base}/../walnut-edge", "run", "-c", self.configuration(sensors, millis, payload)]
        elif name == "Python":
            command = ["/usr/bin/python3", f"{base}/reference.py", *plain]
        else:
            jar = f"{site.home}/walnut-edge.jar"
            flags = ["-XX:+UseSerialGC", "-Xms8m", "-Xmx48m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", *flags]
            # an image of its classes too, which its first run makes at its end
            image = f"{site.work}/bare.jsa"
            flags.append(f"-XX:SharedArchiveFile={image}" if os.path.exists(image) else f"-XX:ArchiveClassesAtExit={image}")
            command = [site.java, *flags, "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-cp", f"{jar}:{site.work}/bare.jar", "BareLoop", *plain]
        self.log = open(f"{site.work}/log", "w")
        site.forget()
        self.started = time.monotonic()
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=environment)

    def configuration(self, sensors, millis, payload):
        path = f"{self.site.work}/bench.conf"
        with open(path, "w") as file:
            file.write("device { id = b, sys-root = \"%s\" }\n" % self.site.sys)
            file.write("mqtt { broker = \"tcp://127.0.0.1:%d\", topic-prefix = bench, discovery = device, format = %s }\n" % (self.site.port, payload))
            file.write("outbox { dir = \"%s/outbox\" }\n" % self.site.work)
            file.write("log { level = warn }\n")
            file.write("outputs { lamp { type = led, led = lamp } }\n")
            file.write("sensors {\n")
            for i in range(sensors):
                file.write(f"  s{i} {{ type = file, path = \"{self.site.sys}/class/thermal/thermal_zone{i}/temp\", quantity = temperature, factor = 0.001, every = {millis} ms }}\n")
            file.write("}\n")
        return path

    def cpu(self):
        """Seconds of all its threads, also of those that have ended (proc_pid_stat(5): utime and stime)."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def memory(self):
        """Resident and proportional, in MiB."""
        values = {}
        with open(f"/proc/{self.process.pid}/smaps_rollup") as file:
            for line in file:
                key, _, rest = line.partition(":")
                if key in ("Rss", "Pss"):
                    values[key] = int(rest.split()[0]) / 1024
        return values["Rss"], values["Pss"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def is_reading(topic, _):
    return topic.endswith("/temperature")


def drift(readings, period):
    """In parts per million, the median over the sensors of the slope of arrival over tick."""
    by_topic = {}
    for now, topic, *_ in readings:
        by_topic.setdefault(topic, []).append(now)
    slopes = []
    for times in by_topic.values():
        ticks = [round((each - times[0]) / period) for each in times]
        slopes.append(statistics.linear_regression(ticks, times).slope if hasattr(statistics, "linear_regression") else 0)
    return abs(statistics.median(slopes) / period - 1) * 1e6


def steady(site, name, sensors, millis, warm, span):
    """Seconds to the first reading and CPU until then, CPU per reading in ms, drift in ppm, resident and proportional MiB, threads."""
    with Subject(site, name, sensors, millis) as subject:
        first = site.await_one(is_reading, subject.started, 30) - subject.started
        begin = subject.cpu()
        time.sleep(warm)
        since, cpu = time.monotonic(), subject.cpu()
        time.sleep(span)
        used = subject.cpu() - cpu
        readings = site.readings(since)
        return first, begin, used / len(readings) * 1000, drift(readings, millis / 1000), *subject.memory(), subject.threads()


def classes(site, name):
    """How many classes a Java program has loaded some seconds after its first reading."""
    path = f"{site.work}/loaded"
    with Subject(site, name, 10, 1000, flags=[f"-Xlog:class+load:file={path}"]) as subject:
        site.await_one(is_reading, subject.started, 30)
        time.sleep(3)
        with open(path) as file:
            return sum(" source: " in line for line in file)


def ages(readings):
    """Milliseconds from the reading to its arrival, in order."""
    result = []
    for _, _, payload, wall in readings:
        made = json.loads(payload)["time"]
        if isinstance(made, str):
            made = datetime.datetime.fromisoformat(made.replace("Z", "+00:00")).timestamp() * 1000
        result.append(wall * 1000 - made)
    return sorted(result)


def commands(site, name, count):
    """Milliseconds from a command's publication to the line, and to the echo; and the age of readings meanwhile."""
    led = f"{site.sys}/class/leds/lamp/brightness"
    to_line, to_echo = [], []
    with Subject(site, name, 10, 1000, "json") as subject:
        site.await_one(is_reading, subject.started, 30)
        time.sleep(2)
        since = time.monotonic()
        for i in range(count):
            wanted = b"ON" if i % 2 == 0 else b"OFF"
            shown = "1" if i % 2 == 0 else "0"
            sent = time.monotonic()
            site.client.publish("bench/b/lamp/set", wanted, 1)
            line = None
            while line is None:
                with open(led) as file:
                    if file.read().strip() == shown:
                        line = time.monotonic()
                if line is None and time.monotonic() - sent > 10:
                    raise SystemExit(f"bench: {name} did not obey; see {site.work}/log")
                time.sleep(0.00005)
            echo = site.await_one(lambda topic, payload: topic == "bench/b/lamp" and wanted in payload, sent, 10)
            to_line.append((line - sent) * 1000)
            to_echo.append((echo - sent) * 1000)
            time.sleep(1 / COMMANDS_PER_SECOND)
        old = ages(site.readings(since))
    to_echo.sort()
    return statistics.median(to_line), statistics.median(to_echo), percent99(to_echo), statistics.median(old), percent99(old)


def percent99(ordered):
    return ordered[int(len(ordered) * 0.99)]


def highest(site, name, rates, span):
    """The highest of the rates, in readings per second, of which 99.5 % arrived in time; median ages at the first and at it."""
    best, first_age, best_age = 0, float("nan"), float("nan")
    for rate in rates:
        with Subject(site, name, 100, 100_000 // rate, "json") as subject:
            site.await_one(is_reading, subject.started, 30)
            time.sleep(3)
            since = time.monotonic()
            time.sleep(span)
            arrived = [each for each in site.readings(since) if each[0] < since + span]
        if len(arrived) < 0.995 * rate * span:
            break
        best, best_age = rate, statistics.median(ages(arrived))
        if rate == rates[0]:
            first_age = best_age
    return best, first_age, best_age


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--work", required=True)
    options.add_argument("--home", required=True)
    options.add_argument("--java", required=True)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--quick", action="store_true")
    options = options.parse_args()
    runs = 1 if options.quick else options.runs
    warm, span, asked, rate_span = (5, 10, 20, 2) if options.quick else (6, 15, 60, 4)
    rows = {}

    def note(row, name, value):
        rows.setdefault(row, {}).setdefault(name, []).append(value)

    site = Site(options.work, options.home, options.java, 100)
    try:
        for name in SUBJECTS:  # once for the page cache, and for the image of the bare loop
            with Subject(site, name, 10, 1000) as subject:
                site.await_one(is_reading, subject.started, 30)
                time.sleep(3)
        for run in range(runs):
            for name in SUBJECTS:
                print(f"run {run + 1} of {runs}: {name}", flush=True)
                first, begin, cpu, ppm, resident, proportional, threads = steady(site, name, 10, 1000, warm, span)
                note("start to first reading, s", name, first)
                note("CPU until then, s", name, begin)
                if name != "Python":
                    note("classes loaded", name, classes(site, name))
                note("resident memory, MiB", name, resident)
                note("proportional memory, MiB", name, proportional)
                note("threads", name, threads)
                note("CPU per reading at 10 x 1 Hz, ms", name, cpu)
                note("drift, ppm", name, ppm)
                note("CPU per reading at 100 x 10 Hz, ms", name, steady(site, name, 100, 100, warm, span / 2)[2])
                line, echo, slow, age, old = commands(site, name, asked)
                note("command to line, ms", name, line)
                note("command to echo, ms", name, echo)
                note("command to echo, 99 %, ms", name, slow)
                note("age of a reading, ms", name, age)
                note("age of a reading, 99 %, ms", name, old)
                rate, fast_age, best_age = highest(site, name, (1000, 2000, 5000, 10000), rate_span)
                note("age at 1,000 readings/s, ms", name, fast_age)
                note("highest rate, readings/s", name, rate)
                note("age there, ms", name, best_age)
    finally:
        site.close()
    table(rows, runs)


def table(rows, runs):
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    print(f"\n{os.cpu_count()} x {model}, Linux {platform.release()}; medians of {runs} runs\n")
    print("| | " + " | ".join(SUBJECTS) + " | to bare Java | to Python |")
    print("|---|" + "---:|" * (len(SUBJECTS) + 2))
    for row, values in rows.items():
        medians = [statistics.median(values[name]) if name in values else float("nan") for name in SUBJECTS]
        ratios = [f"{medians[0] / other:.2f}" if other > 0 else "-" for other in medians[1:]]
        print(f"| {row} | " + " | ".join(number(each) for each in medians), end=" | ")
        print(" | ".join(ratios) + " |")


def number(value):
    if value != value:
        return "-"
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


main()
