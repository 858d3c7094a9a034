#!/usr/bin/env python3
"""The shell of a guest, for tests: shell.py PORT

A client connects, sends a first line with the seconds its script may take, then the script, and closes its sending
side. It receives what the script writes to its output and error output and, last, a NUL byte and the exit status.
A script that takes longer is ended with all its children and has the status 124.
"""
import os, signal, socketserver, subprocess, sys


class Shell(socketserver.StreamRequestHandler):
    def handle(self):
        seconds = float(self.rfile.readline())
        script = self.rfile.read()
        bash = subprocess.Popen(["/bin/bash", "-c", script], stdin=subprocess.DEVNULL, stdout=self.connection,
                                stderr=subprocess.STDOUT, cwd="/tmp", start_new_session=True)
        try:
            status = bash.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(bash.pid, signal.SIGKILL)
            bash.wait()
            status = 124
        self.wfile.write(b"\0%d\n" % (status if status >= 0 else 128 - status))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("", int(sys.argv[1])), Shell).serve_forever()
