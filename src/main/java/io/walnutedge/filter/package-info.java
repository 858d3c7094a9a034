/** What lies between a measurement and its publication: calibration for now. */
@NullMarked
package io.walnutedge.filter;

import org.jspecify.annotations.NullMarked;
