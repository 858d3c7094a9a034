/**
 * How the daemon itself is: its figures, and what of them should worry whoever looks after many boards. It is told what to
 * judge and knows nothing of where that comes from.
 */
@NullMarked
package io.walnutedge.health;

import org.jspecify.annotations.NullMarked;
