/**
 * The daemon as a whole: {@link io.walnutedge.daemon.Wiring} constructs the parts and connects them, {@link
 * io.walnutedge.daemon.Daemon} starts them in order and stops them in reverse, {@link io.walnutedge.daemon.Reloader} changes
 * them while they run. What a package must not know of another meets here.
 *
 * <p>Events are delivered in the order in which the wiring subscribes: the file that is read after a crash comes first, what
 * other consumers look up (the latest readings and states) before what is published, and Homie, on its own connection, after
 * the main one.
 */
@NullMarked
package io.walnutedge.daemon;

import org.jspecify.annotations.NullMarked;
