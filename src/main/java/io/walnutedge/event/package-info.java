/** What happens on the board. */
@NullMarked
package io.walnutedge.event;

import org.jspecify.annotations.NullMarked;
