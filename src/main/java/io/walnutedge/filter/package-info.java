/** What lies between a measurement and its publication: calibration, and filters in the order of the configuration. */
@NullMarked
package io.walnutedge.filter;

import org.jspecify.annotations.NullMarked;
