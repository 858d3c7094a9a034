/** The boards: which one this is, and which line stands behind a pin of its header. Reads sysfs and procfs; touches no pin. */
@NullMarked
package io.walnutedge.board;

import org.jspecify.annotations.NullMarked;
