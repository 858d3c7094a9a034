/** Text as people see it, wherever it came from. Imports nothing of ours. */
@NullMarked
package io.walnutedge.text;

import org.jspecify.annotations.NullMarked;
