/**
 * The device as the Homie convention 5 (homieiot.github.io) sees it: what it says of itself, and as what values appear.
 * Without the connection, which is the daemon's.
 */
@NullMarked
package io.walnutedge.discovery.homie;

import org.jspecify.annotations.NullMarked;
