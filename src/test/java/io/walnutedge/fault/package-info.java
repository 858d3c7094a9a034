/**
 * That no reading is lost, invented, reordered or stamped anew, whatever happens to the broker, the network and the
 * process: an {@link io.walnutedge.fault.OracleDriver oracle} in the daemon writes down what it samples, a {@link
 * io.walnutedge.fault.Collector collector} at the broker what arrives, and a {@link io.walnutedge.fault.Verdict verdict}
 * compares them.
 *
 * <pre>
 *   oracle -> daemon (a process) -> FaultProxy -> mosquitto -> collector
 *     |                                                           |
 *     +------------------------> verdict <------------------------+
 * </pre>
 *
 * <p>What mosquitto loses is not the daemon's loss. Stopped in order, it keeps the collector's session with all that was
 * acknowledged; killed, it forgets what it acknowledged and had not handed on. So before a kill the proxy swallows nothing
 * but holds what comes, the collector catches up, and only then mosquitto dies; afterwards the proxy refuses until the
 * collector has subscribed again. For the daemon it is a broker that falls silent and is gone.
 */
@NullMarked
package io.walnutedge.fault;

import org.jspecify.annotations.NullMarked;
