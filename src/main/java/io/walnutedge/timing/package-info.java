/** How often and when again, as numbers: nothing here waits, and clocks are passed in. Imports nothing of ours. */
@NullMarked
package io.walnutedge.timing;

import org.jspecify.annotations.NullMarked;
