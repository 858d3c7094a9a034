@NullMarked
package io.walnutedge.simulate.chip;

import org.jspecify.annotations.NullMarked;
