"""The same work as BareLoop.java in Python, with Debian's python3-paho-mqtt. Same arguments. For deploy/bench.sh."""

import sys
import time

from paho.mqtt import client as mqtt

port, root, count, period = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]) / 1000
json = sys.argv[5] == "json"


def command(client, _, message):
    with open(root + "/class/leds/lamp/brightness", "w") as led:
        led.write("1" if message.payload == b"ON" else "0")
    client.publish("bench/b/lamp", message.payload, 1, True)


client = mqtt.Client("python")
client.max_inflight_messages_set(1000)
client.on_message = command
client.connect("127.0.0.1", port)
client.loop_start()
client.subscribe("bench/b/lamp/set", 1)
due = time.monotonic()
while True:
    for i in range(count):
        with open(f"{root}/class/thermal/thermal_zone{i}/temp") as file:
            value = int(file.read()) / 1000
            text = f'{{"value":{value},"time":{int(time.time() * 1000)}}}' if json else str(value)
            client.publish(f"bench/b/s{i}/temperature", text, 1)
    due += period
    time.sleep(max(0, due - time.monotonic()))
