#!/usr/bin/env python3
"""The hardware of the virtual board in one process: the I2C bus with its chips, and the GPIO lines.

usage: hardware.py I2C-SOCKET GPIO-SOCKET LINES

A guest kernel connects to the two Unix sockets (see vhost_user.py). A test moves chips and pins through a TCP socket
on 127.0.0.1, whose port is the one line this program prints: one JSON object a line, one answer a line.

  {"op":"i2c.set","addr":72,"temp":25.5}           set a physical quantity of a chip (its `set` in chips.py)
  {"op":"i2c.get","addr":72}                       a chip's state
  {"op":"i2c.plug","addr":72,"present":false}      unplug a chip: it acknowledges nothing
  {"op":"i2c.delay","addr":72,"seconds":0.05}      make a chip slow, or with a large number hang the bus; 0 lets it go
  {"op":"i2c.log"}                                 the messages since the last call
  {"op":"gpio.set","line":17,"value":1}            drive a line from outside
  {"op":"gpio.get","line":17}                      what the guest and the outside do with a line
  {"op":"gpio.log"}                                the levels the guest gave lines since the last call
"""
import json, socketserver, sys

from bus import I2C
from pins import GPIO


def answer(i2c, gpio, request):
    op = request.pop("op")
    if op == "i2c.log":
        with i2c.lock:
            log, i2c.trace = i2c.trace, []
        return {"log": log}
    if op == "gpio.log":
        with gpio.lock:
            log, gpio.trace = gpio.trace, []
        return {"log": log}
    if op == "gpio.set":
        gpio.drive(request["line"], request["value"])
        return {}
    if op == "gpio.get":
        line = request["line"]
        with gpio.lock:
            return {"output": gpio.dir[line] == gpio.OUT, "level": gpio.level(line), "outside": gpio.ext[line],
                    "armed": line in gpio.armed}
    if op == "i2c.delay":
        i2c.delay(request["addr"], request["seconds"])
        return {}
    chip = i2c.chips[request.pop("addr")]
    with i2c.lock:
        if op == "i2c.set":
            chip.set(**request)
        elif op == "i2c.plug":
            chip.present = request["present"]
        elif op != "i2c.get":
            raise ValueError(op)
        return dict(chip.state(), present=chip.present)


def main():
    i2c, gpio = I2C(sys.argv[1]), GPIO(sys.argv[2], int(sys.argv[3]))

    class Control(socketserver.StreamRequestHandler):
        disable_nagle_algorithm = True

        def handle(self):
            for line in self.rfile:
                try:
                    reply = answer(i2c, gpio, json.loads(line))
                except Exception as e:           # the test is told; the hardware goes on
                    reply = {"error": repr(e)}
                self.wfile.write(json.dumps(reply).encode() + b"\n")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Control) as server:
        i2c.serve()
        gpio.serve()
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
