/**
 * A question to the running daemon from the same machine, without the broker: a Unix domain socket on which a client asks
 * with one word and gets one answer. Who may ask is a matter of the file's permissions.
 *
 * <pre>
 *   client  status\n
 *   daemon  {"device":"greenhouse", ...}\n        and closes
 * </pre>
 */
@NullMarked
package io.walnutedge.status;

import org.jspecify.annotations.NullMarked;
