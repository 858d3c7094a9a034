/** Digital inputs: edges in, debounced states out. Everything runs on the control loop. */
@NullMarked
package io.walnutedge.input;

import org.jspecify.annotations.NullMarked;
