/** systemd's side of a service: readiness, status and watchdog (sd_notify(3)). Without systemd it does nothing. */
@NullMarked
package io.walnutedge.systemd;

import org.jspecify.annotations.NullMarked;
