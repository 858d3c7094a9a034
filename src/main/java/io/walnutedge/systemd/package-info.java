/**
 * systemd's side of a service: readiness, status and watchdog. Without systemd it does nothing, and loads nothing.
 *
 * <p>The protocol is that of sd_notify(3): lines of {@code NAME=value} in one datagram to the Unix socket that
 * {@code $NOTIFY_SOCKET} names. Java 17 has no Unix datagram sockets ({@code DatagramChannel.open(UNIX)} is not
 * supported), so that the three system calls are made through JNA, which comes with Pi4J; the program
 * {@code systemd-notify} would cost a process for each message and {@code NotifyAccess=all}.
 */
@NullMarked
package io.walnutedge.systemd;

import org.jspecify.annotations.NullMarked;
